package dev.muster.ingest.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ingest.source.Authentication;
import dev.muster.ingest.source.Authentication.Algorithm;
import dev.muster.ingest.source.Authentication.Encoding;
import dev.muster.ingest.source.Authentication.KeyForm;
import dev.muster.ingest.source.SignedText;
import dev.muster.ingest.source.SignedTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierTest {

    private static final byte[] BODY = "Hello, World!".getBytes(UTF_8);
    private static final String VECTOR = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private final Verifier github = new Verifier(
            List.of(signature(Algorithm.HMAC_SHA256, "x-hub-signature-256", "sha256=", "", Encoding.HEX)),
            List.of("It's a Secret to Everybody"));

    private static Authentication signature(
            Algorithm algorithm, String header, String prefix, String separator, Encoding encoding) {
        return new Authentication.Signature(
                algorithm, KeyForm.TEXT, header, prefix, separator, encoding, SignedText.BODY_ALONE);
    }

    /// Every header has this one value.
    private static Attempt attempt(String proof, byte[] body) {
        return new Attempt(_ -> List.of(proof), "", body, NOW);
    }

    private static Attempt attempt(Map<String, String> headers, byte[] body) {
        return new Attempt(name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of(), "", body, NOW);
    }

    private static byte[] hmac(String algorithm, String key, byte[] content) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), algorithm));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(String algorithm, String key, String content) {
        return HexFormat.of().formatHex(hmac(algorithm, key, content.getBytes(UTF_8)));
    }

    @Test
    void takesGitHubsOwnTestVector() {
        assertThat(github.isGenuine(attempt(VECTOR, BODY))).isTrue();
    }

    @Test
    void refusesTenThousandMutationsOfAGoodSignature() {
        var random = new Random(42);
        var passed = new HashSet<String>();
        for (var i = 0; i < 10_000; i++) {
            var mutated = VECTOR.toCharArray();
            for (var changes = 1 + random.nextInt(3); changes > 0; changes--) {
                mutated[random.nextInt(mutated.length)] = (char) (32 + random.nextInt(95));
            }
            var proof = new String(mutated);
            if (!proof.equals(VECTOR) && github.isGenuine(attempt(proof, BODY))) {
                passed.add(proof);
            }
        }

        assertThat(passed).isEmpty();
    }

    @Test
    void checksRawBytesThatAreNoText() {
        var body = new byte[] {(byte) 0xff, (byte) 0xfe, 0};
        var changed = new byte[] {(byte) 0xfd, (byte) 0xfe, 0};
        var proof = Base64.getEncoder().encodeToString(hmac("HmacSHA256", "key", body));
        var base64 = new Verifier(
                List.of(signature(Algorithm.HMAC_SHA256, "signature", "", "", Encoding.BASE64)), List.of("key"));

        assertThat(base64.isGenuine(attempt(proof, body))).isTrue();
        assertThat(base64.isGenuine(attempt(proof, changed))).isFalse();
    }

    @Test
    void tellsHashFunctionsApart() {
        var sha512 = new Verifier(
                List.of(signature(Algorithm.HMAC_SHA512, "signature", "", "", Encoding.HEX)), List.of("key"));

        assertThat(sha512.isGenuine(attempt(hex("HmacSHA512", "key", "Hello, World!"), BODY)))
                .isTrue();
        assertThat(sha512.isGenuine(attempt(hex("HmacSHA256", "key", "Hello, World!"), BODY)))
                .isFalse();
    }

    @Test
    void takesAnyOfAFewSignaturesInOneHeader() {
        var several = new Verifier(
                List.of(signature(Algorithm.HMAC_SHA256, "signature", "v1=", ",", Encoding.HEX)), List.of("key"));
        var good = "v1=" + hex("HmacSHA256", "key", "Hello, World!");
        var other = "v1=" + hex("HmacSHA256", "another", "Hello, World!");

        assertThat(several.isGenuine(attempt(other + "," + good, BODY))).isTrue();
        assertThat(several.isGenuine(attempt(good + ", " + other, BODY))).isTrue();
        assertThat(several.isGenuine(attempt(other + "," + other, BODY))).isFalse();
        assertThat(several.isGenuine(attempt(good.substring(3), BODY))).isFalse();
        assertThat(several.isGenuine(attempt((other + ",").repeat(7) + good, BODY)))
                .isTrue();
        assertThat(several.isGenuine(attempt((other + ",").repeat(8) + good, BODY)))
                .as("a ninth is not looked at")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000, true",
        "1699999700, true",
        "1699999699, false",
        "1700000300, true",
        "1700000301, false",
        "1700000000000, true",
        "1699999699999, false",
        "1700000000.5, false",
        "-1700000000, false",
        "' 1700000000', false",
        "99999999999999999999, false",
        "'', false"
    })
    void refusesASignedTimeThatIsFarFromNow(String timestamp, boolean taken) {
        var signed = new SignedText("", ":{timestamp}", null, new SignedTime("time", Duration.ofMinutes(5)));
        var verifier = new Verifier(
                List.of(new Authentication.Signature(
                        Algorithm.HMAC_SHA256, KeyForm.TEXT, "signature", "", "", Encoding.HEX, signed)),
                List.of("key"));
        var proof = hex("HmacSHA256", "key", "Hello, World!:" + timestamp);

        assertThat(verifier.isGenuine(attempt(Map.of("signature", proof, "time", timestamp), BODY)))
                .isEqualTo(taken);
        assertThat(verifier.isGenuine(attempt(Map.of("signature", proof, "time", "1700000001"), BODY)))
                .as("a time that was not signed")
                .isFalse();
        assertThat(verifier.isGenuine(attempt(Map.of("signature", proof), BODY)))
                .isFalse();
    }

    @Test
    void looksForASecretInThePathThere() {
        var verifier = new Verifier(List.of(new Authentication.SecretPath()), List.of("hidden"));

        assertThat(verifier.isGenuine(new Attempt(_ -> List.of(), "hidden", BODY, NOW)))
                .isTrue();
        assertThat(verifier.isGenuine(new Attempt(_ -> List.of("hidden"), "", BODY, NOW)))
                .isFalse();
        assertThat(verifier.isGenuine(new Attempt(_ -> List.of(), "hidden/", BODY, NOW)))
                .isFalse();
    }

    @Test
    void refusesAnEmptySecretAtTheStart() {
        assertThatThrownBy(() -> new Verifier(List.of(new Authentication.Basic()), List.of("")))
                .hasMessage("an empty secret would let everybody in");
    }

    @Test
    void doesNotTakeAnEmptyPasswordOrToken() {
        var verifier = new Verifier(
                List.of(new Authentication.Basic(), new Authentication.HeaderToken("authorization", "Bearer ")),
                List.of("secret"));
        for (var proof : List.of(
                "",
                "Basic ",
                "Basic Og==",
                "Basic ???",
                "Bearer ",
                "Bearer",
                "bearer secret",
                "Bearer secret ",
                "x".repeat(5_000))) {
            assertThat(verifier.isGenuine(attempt(proof, BODY))).as(proof).isFalse();
        }
        assertThat(verifier.isGenuine(attempt("Bearer secret", BODY))).isTrue();
        assertThat(verifier.isGenuine(
                        attempt("Basic " + Base64.getEncoder().encodeToString("anybody:secret".getBytes(UTF_8)), BODY)))
                .isTrue();
    }
}
