package dev.muster.ingest.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ingest.source.Authentication;
import dev.muster.ingest.source.Authentication.Encoding;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class VerifierTest {

    private static final byte[] BODY = "Hello, World!".getBytes(UTF_8);
    private static final String VECTOR = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private final Verifier github = new Verifier(
            List.of(new Authentication.HmacSha256("x-hub-signature-256", "sha256=", Encoding.HEX)),
            List.of("It's a Secret to Everybody"));

    @Test
    void takesGitHubsOwnTestVector() {
        assertThat(github.isGenuine(_ -> List.of(VECTOR), BODY)).isTrue();
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
            if (!proof.equals(VECTOR) && github.isGenuine(_ -> List.of(proof), BODY)) {
                passed.add(proof);
            }
        }

        assertThat(passed).isEmpty();
    }

    @Test
    void checksRawBytesThatAreNoText() throws GeneralSecurityException {
        var body = new byte[] {(byte) 0xff, (byte) 0xfe, 0};
        var changed = new byte[] {(byte) 0xfd, (byte) 0xfe, 0};
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("key".getBytes(UTF_8), "HmacSHA256"));
        var proof = Base64.getEncoder().encodeToString(mac.doFinal(body));
        var base64 =
                new Verifier(List.of(new Authentication.HmacSha256("signature", "", Encoding.BASE64)), List.of("key"));

        assertThat(base64.isGenuine(_ -> List.of(proof), body)).isTrue();
        assertThat(base64.isGenuine(_ -> List.of(proof), changed)).isFalse();
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
                "Bearer ",
                "Bearer",
                "bearer secret",
                "Bearer secret ",
                "x".repeat(5_000))) {
            assertThat(verifier.isGenuine(_ -> List.of(proof), BODY)).as(proof).isFalse();
        }
        assertThat(verifier.isGenuine(_ -> List.of("Bearer secret"), BODY)).isTrue();
    }
}
