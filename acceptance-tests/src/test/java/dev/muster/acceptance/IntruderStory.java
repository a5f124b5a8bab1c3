package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Nobody gets in.
class IntruderStory {

    private static final String CANARY = "forged-delivery-5ad1";

    @Test
    void aWrongSignatureGets401AndLeavesNoTraceInAnyTopic() {
        var muster = Muster.shared();
        var alert = new Alert("acme/" + CANARY, 1, "critical", Instant.parse("2026-11-01T00:00:00Z"));

        var forged = muster.post("github", Delivery.of("dependabot_alert", CANARY, alert.created()), "not the secret");
        var unsigned = muster.postUnsigned("github", Delivery.of("dependabot_alert", CANARY, alert.created()));
        var unknown = muster.post("no-such-connection", Delivery.of("ping", CANARY, "{}"), "any");

        assertThat(forged.status()).isEqualTo(401);
        assertThat(unsigned.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unsigned.body()).isEqualTo(forged.body());
        assertThat(unknown.body()).isEqualTo(forged.body());
        assertThat(muster.topicsThatContain(CANARY)).isEmpty();
    }
}
