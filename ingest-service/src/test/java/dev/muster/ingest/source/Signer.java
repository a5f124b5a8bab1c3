package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.connection.Attempt;
import dev.muster.ingest.source.Authentication.Algorithm;
import dev.muster.ingest.source.Authentication.Encoding;
import dev.muster.ingest.source.Authentication.KeyForm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs as the sender of a definition would, and knows nothing of how signatures are checked.
///
/// @param way how to prove
/// @param secret what is configured at Muster
/// @param pair what signs, where that is not the secret itself
record Signer(Authentication way, String secret, KeyPair pair) {

    private static final String ID = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";

    /// What a request carries.
    record Proof(Map<String, String> headers, String path) {

        static final Proof NONE = new Proof(Map.of(), "");

        Attempt attempt(byte[] body, Instant now) {
            var lower = new HashMap<String, List<String>>();
            headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
            return new Attempt(name -> lower.getOrDefault(name, List.of()), path, body, now);
        }
    }

    /// With a secret of the form that the way needs.
    ///
    /// @param text makes it differ from another
    static Signer of(Authentication way, String text) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new Signer(way, secret(way, text, pair), pair);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String secret(Authentication way, String text, KeyPair pair) {
        if (!(way instanceof Authentication.Signature signature) || signature.key() == KeyForm.TEXT) {
            return text;
        }
        if (signature.algorithm() == Algorithm.ED25519) {
            var encoded = pair.getPublic().getEncoded();
            return "whpk_" + base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        }
        var key = new byte[32];
        new SecureRandom(text.getBytes(UTF_8)).nextBytes(key);
        return "whsec_" + base64(key);
    }

    Proof proof(byte[] body, Instant now) {
        return switch (way) {
            case Authentication.Signature signature -> signed(signature, body, now);
            case Authentication.HeaderToken(var header, var prefix) -> new Proof(Map.of(header, prefix + secret), "");
            case Authentication.Basic _ ->
                new Proof(Map.of("authorization", "Basic " + base64(("muster:" + secret).getBytes(UTF_8))), "");
            case Authentication.SecretPath _ -> new Proof(Map.of(), secret);
        };
    }

    private Proof signed(Authentication.Signature signature, byte[] body, Instant now) {
        var headers = new HashMap<String, String>();
        var seconds = Long.toString(now.getEpochSecond());
        var signed = signature.signed();
        if (signed.time() != null) {
            headers.put(signed.time().header(), seconds);
        }
        if (signed.idHeader() != null) {
            headers.put(signed.idHeader(), ID);
        }
        var content = join(filled(signed.before(), seconds), body, filled(signed.after(), seconds));
        var code = signature.prefix() + written(signature.encoding(), code(signature, content));
        headers.put(
                signature.header(),
                signature.separator().isEmpty() ? code : signature.prefix() + "AAAA" + signature.separator() + code);
        return new Proof(headers, "");
    }

    private static byte[] filled(String template, String seconds) {
        return template.replace("{id}", ID).replace("{timestamp}", seconds).getBytes(UTF_8);
    }

    private byte[] code(Authentication.Signature signature, byte[] content) {
        try {
            if (signature.algorithm() == Algorithm.ED25519) {
                var ed = java.security.Signature.getInstance("EdDSA");
                ed.initSign(pair.getPrivate());
                ed.update(content);
                return ed.sign();
            }
            var name = signature.algorithm() == Algorithm.HMAC_SHA512 ? "HmacSHA512" : "HmacSHA256";
            var key = signature.key() == KeyForm.TEXT
                    ? secret.getBytes(UTF_8)
                    : Base64.getDecoder().decode(secret.split("_", 2)[1]);
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] join(byte[]... parts) {
        var size = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        var joined = new byte[size];
        var at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static String written(Encoding encoding, byte[] code) {
        return encoding == Encoding.BASE64
                ? base64(code)
                : String.format(Locale.ROOT, "%0" + 2 * code.length + "x", new BigInteger(1, code));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
