package dev.muster.notifier.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.testkit.FakeSlack.Reply;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A receiver of Standard Webhooks, written after the specification: a call without a signature that fits is 401.
public final class FakeWebhook extends ScriptedReceiver {

    private final java.util.List<String> secrets = new CopyOnWriteArrayList<>();

    /// One that takes what is signed with any of these; without any, everything.
    public FakeWebhook(String... secrets) {
        this.secrets.addAll(Arrays.asList(secrets));
    }

    @Override
    Reply usual(Call call) {
        return secrets.isEmpty() || secrets.stream().anyMatch(secret -> signed(call, secret))
                ? Reply.status(204)
                : Reply.status(401);
    }

    private static boolean signed(Call call, String secret) {
        var content = "%s.%s.%s"
                .formatted(call.headers().get("webhook-id"), call.headers().get("webhook-timestamp"), call.body());
        var expected = "v1," + Base64.getEncoder().encodeToString(hmac(secret, content));
        return Arrays.stream(
                        call.headers().getOrDefault("webhook-signature", "").split(" "))
                .anyMatch(it -> MessageDigest.isEqual(it.getBytes(UTF_8), expected.getBytes(UTF_8)));
    }

    private static byte[] hmac(String secret, String content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            return mac.doFinal(content.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
