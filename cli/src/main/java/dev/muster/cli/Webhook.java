package dev.muster.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a tool would post, from a file, with the proof that its secret gives.
final class Webhook {

    private static final Pattern TIME = Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)\"");

    private Webhook() {}

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException _) {
            throw Failure.usage("cannot read the file " + file);
        }
    }

    /// The same payload as if it had just happened: all its times are moved by as much as makes the newest of them
    /// `now`.
    static byte[] asOf(Instant now, byte[] payload) {
        var text = new String(payload, StandardCharsets.UTF_8);
        var newest = TIME.matcher(text)
                .results()
                .map(found -> Instant.parse(found.group(1)))
                .max(Instant::compareTo);
        if (newest.isEmpty()) {
            return payload;
        }
        var by = Duration.between(newest.get(), now.truncatedTo(ChronoUnit.SECONDS));
        return TIME.matcher(text)
                .replaceAll(found -> "\"" + Instant.parse(found.group(1)).plus(by) + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The headers with which GitHub posts.
    static Map<String, String> github(String event, byte[] payload, String secret) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "GitHub-Hookshot/muster");
        headers.put("X-GitHub-Event", event);
        headers.put("X-GitHub-Delivery", UUID.randomUUID().toString());
        headers.put("X-Hub-Signature-256", "sha256=" + hmac(payload, secret));
        return headers;
    }

    /// The headers of a tool that sends its secret as it is.
    static Map<String, String> bearer(String secret) {
        return Map.of("Content-Type", "application/json", "Authorization", "Bearer " + secret);
    }

    private static String hmac(byte[] payload, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
