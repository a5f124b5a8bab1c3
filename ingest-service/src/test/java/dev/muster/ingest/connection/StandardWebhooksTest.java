package dev.muster.ingest.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ingest.source.StandardWebhooks;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples that the specification of Standard Webhooks publishes.
class StandardWebhooksTest {

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String V1 = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static final Verifier VERIFIER = new Verifier(StandardWebhooks.WAYS, List.of(SECRET));

    private static Attempt attempt(String signature, Instant now, String... changed) {
        var headers =
                new HashMap<>(Map.of("webhook-id", ID, "webhook-timestamp", TIMESTAMP, "webhook-signature", signature));
        for (var i = 0; i < changed.length; i += 2) {
            headers.put(changed[i], changed[i + 1]);
        }
        return new Attempt(name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of(), "", BODY, now);
    }

    private static Instant sent() {
        return Instant.ofEpochSecond(Long.parseLong(TIMESTAMP));
    }

    @Test
    void takesThePublishedVector() {
        assertThat(VERIFIER.isGenuine(attempt(V1, sent()))).isTrue();
    }

    @Test
    void takesItAmongOthersWhileTheSenderChangesItsSecret() {
        assertThat(VERIFIER.isGenuine(attempt("v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,xyz " + V1, sent())))
                .isTrue();
    }

    @Test
    void takesFiveMinutesOfSkewAndNoMore() {
        for (var seconds : List.of(-300, 300)) {
            assertThat(VERIFIER.isGenuine(attempt(V1, sent().plusSeconds(seconds))))
                    .isTrue();
        }
        for (var seconds : List.of(-301, 301)) {
            assertThat(VERIFIER.isGenuine(attempt(V1, sent().plusSeconds(seconds))))
                    .isFalse();
        }
    }

    @Test
    void noticesAnotherIdTimeOrVersion() {
        assertThat(VERIFIER.isGenuine(attempt(V1, sent(), "webhook-id", ID + "x")))
                .isFalse();
        assertThat(VERIFIER.isGenuine(attempt(V1, sent(), "webhook-timestamp", "1614265331")))
                .isFalse();
        assertThat(VERIFIER.isGenuine(attempt(V1.replace("v1,", "v1a,"), sent())))
                .isFalse();
        assertThat(VERIFIER.isGenuine(attempt(V1.replace("v1,", "v2,"), sent())))
                .isFalse();
        assertThat(VERIFIER.isGenuine(attempt(V1.substring(3), sent()))).isFalse();
    }

    @Test
    void takesSignaturesOfAPublicKeyAndOfNoOther() {
        var key = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
        // RFC 8032, section 7.1, test 1 is this key; the signature was made with OpenSSL over id.timestamp.body
        var signature = "v1a,fldxM4gAKugP6nnt1hdz3sgGfZ6d99nzrMFnZOELIxbzEHoVmAb2ADpkJK7zgPePmPsle0zV9jSeGlHFG2NVAw==";
        var verifier = new Verifier(StandardWebhooks.WAYS, List.of(key));

        assertThat(verifier.isGenuine(attempt(signature, sent()))).isTrue();
        assertThat(verifier.isGenuine(attempt("v1a,!!! " + signature, sent()))).isTrue();
        assertThat(verifier.isGenuine(attempt(V1, sent()))).isFalse();
        assertThat(verifier.isGenuine(attempt(signature, sent(), "webhook-id", "other")))
                .isFalse();
        assertThat(verifier.isGenuine(attempt("v1a," + "A".repeat(86) + "==", sent())))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_not base64",
                "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            })
    void saysThatASecretIsNotOfItsFormAndDoesNotPrintIt(String secret) {
        assertThatThrownBy(() -> new Verifier(StandardWebhooks.WAYS, List.of(secret)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whsec_ and 24 to 64 bytes in base64")
                .hasMessageNotContaining("MfKQ");
    }
}
