package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testkit.FakeSlack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// One trace from the tool that told us to the message that a person reads.
class TraceStory {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String ENTITY = "component:default/traced";

    @Test
    void theTraceOfADeliveryIsTheTraceOfAllThatFollowsFromIt() {
        var muster = Muster.shared();
        muster.publish(Declared.scorecard("traced", "traced", Declared.vulnerabilityRules(0)));
        muster.apply(Declared.catalog(
                Declared.team("tracers", "muster.dev/slack-webhook: traced"), Declared.service("traced", "tracers")));
        muster.awaitOutcome(ENTITY, "traced", "max-known-vulnerabilities", "UNKNOWN");

        var alert = new Alert("acme/traced", 1, "critical", Instant.parse("2026-11-01T00:00:00Z"));
        muster.send(
                Delivery.of("dependabot_alert", "traced-created", alert.created()),
                "00-" + TRACE + "-00f067aa0ba902b7-01");

        muster.awaitOutcome(ENTITY, "traced", "max-known-vulnerabilities", "FAIL");
        muster.awaitMailsTo("tracers@example.org", 1);
        for (var topic : List.of(
                "muster.deliveries.v1",
                "muster.facts.v1",
                "muster.results.v1",
                Muster.TRANSITIONS,
                "muster.receipts.v1")) {
            await("records of the trace on " + topic)
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(correlationsOfTheTrace(muster, topic))
                            .as(topic)
                            .containsOnly("traced-created"));
        }
        assertThat(muster.slack().calls("traced"))
                .extracting(FakeSlack.Call::traceParent)
                .singleElement()
                .asString()
                .startsWith("00-" + TRACE + "-");
    }

    private static List<String> correlationsOfTheTrace(Muster muster, String topic) {
        return muster.platform().topics().read(topic).stream()
                .filter(it -> it.headers().getOrDefault("traceparent", "").contains(TRACE))
                .map(it -> it.headers().get("correlation-id"))
                .collect(Collectors.toList());
    }
}
