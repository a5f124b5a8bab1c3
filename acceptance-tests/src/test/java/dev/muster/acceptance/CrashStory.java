package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The evaluator dies in the middle of its work.
class CrashStory {

    private static final int SERVICES = 8;
    private static final int ALERTS = 25;
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void killingTheEvaluatorInMidBurstLosesAndDoublesNothing() {
        var muster = Muster.shared();
        var catalog = new ArrayList<>(List.of(Declared.team("crashing")));
        for (var service = 0; service < SERVICES; service++) {
            catalog.add(Declared.service("crash-" + service, "crashing"));
        }
        muster.publish(Declared.scorecard("crash", "crash", Declared.vulnerabilityRules(0)));
        muster.apply(Declared.catalog(catalog.toArray(String[]::new)));
        for (var service = 0; service < SERVICES; service++) {
            muster.awaitOutcome("component:default/crash-" + service, "crash", "max-known-vulnerabilities", "UNKNOWN");
        }

        var deliveries = burst();
        var sending = CompletableFuture.runAsync(() -> muster.sendAll(deliveries));
        muster.awaitRecords(Muster.TRANSITIONS, "component:default/crash-", SERVICES * 3);
        var before = muster.platform().pid("evaluator");
        muster.platform().kill("evaluator");
        assertThat(muster.countRecords(Muster.TRANSITIONS, "component:default/crash-"))
                .as("transitions when it was killed")
                .isLessThan((long) SERVICES * ALERTS);
        muster.platform().awaitRestart("evaluator", before);
        sending.join();

        for (var service = 0; service < SERVICES; service++) {
            var entity = "component:default/crash-" + service;
            muster.awaitRule(
                    entity,
                    "crash",
                    "max-known-vulnerabilities",
                    "FAIL",
                    "%d critical vulnerabilities are open (max 0)".formatted(ALERTS));
            var transitions = muster.transitions(entity);
            Versions.assertUnbroken(transitions);
            assertThat(Versions.causes(transitions))
                    .as("every delivery caused exactly one transition")
                    .containsExactlyInAnyOrderElementsOf(idsOf(deliveries, "acme/crash-" + service));
        }
    }

    private static List<Delivery> burst() {
        var deliveries = new ArrayList<Delivery>();
        for (var number = 1; number <= ALERTS; number++) {
            for (var service = 0; service < SERVICES; service++) {
                var repository = "acme/crash-" + service;
                var alert = new Alert(repository, number, "critical", START.plusSeconds(number));
                deliveries.add(Delivery.of("dependabot_alert", repository + "-" + number, alert.created()));
            }
        }
        return deliveries;
    }

    private static List<String> idsOf(List<Delivery> deliveries, String repository) {
        return deliveries.stream()
                .map(Delivery::id)
                .filter(id -> id.startsWith(repository.replace('/', '-') + "-"))
                .toList();
    }
}
