package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever the order and however often a sender says it.
class ConvergenceStory {

    private static final long SEED = 20261123;
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static Muster muster;

    @BeforeAll
    static void declare() {
        muster = Muster.shared();
        muster.apply(Declared.catalog(
                Declared.team("converging"),
                Declared.service("ordered", "converging"),
                Declared.service("shuffled", "converging")));
        for (var name : List.of("ordered", "shuffled")) {
            muster.publish(Declared.scorecard("convergence-" + name, name, Declared.vulnerabilityRules(2)));
        }
    }

    @Test
    void aDuplicatedAndShuffledBurstEndsInTheSameResultAsTheOrderedOne() {
        var ordered = burst("acme/ordered");
        var shuffled = new ArrayList<>(burst("acme/shuffled"));
        shuffled.addAll(List.copyOf(shuffled));
        Collections.shuffle(shuffled, new Random(SEED));

        muster.sendAll(ordered);
        muster.sendAll(shuffled);
        muster.awaitFactsOf(shuffled);

        var expected = "3 critical vulnerabilities are open (max 2)";
        muster.awaitRule(
                "component:default/ordered", "convergence-ordered", "max-known-vulnerabilities", "FAIL", expected);
        muster.awaitRule(
                "component:default/shuffled", "convergence-shuffled", "max-known-vulnerabilities", "FAIL", expected);
        assertThat(muster.standing("component:default/shuffled", "convergence-shuffled"))
                .isEqualTo(muster.standing("component:default/ordered", "convergence-ordered"));
        Versions.assertUnbroken(muster.transitions("component:default/shuffled"));
    }

    /// Thirteen alerts are found; ten are fixed, of which two come back and one of these is fixed again: four are left
    /// open, three of them critical.
    private static List<Delivery> burst(String repository) {
        var deliveries = new ArrayList<Delivery>();
        for (var number = 1; number <= 13; number++) {
            var alert = new Alert(repository, number, number == 13 ? "low" : "critical", START.plusSeconds(number));
            deliveries.add(Delivery.of("dependabot_alert", repository + "-created-" + number, alert.created()));
            if (number <= 10) {
                deliveries.add(Delivery.of(
                        "dependabot_alert",
                        repository + "-fixed-" + number,
                        alert.fixed(START.plusSeconds(1000 + number))));
            }
            if (number <= 2) {
                deliveries.add(Delivery.of(
                        "dependabot_alert",
                        repository + "-reopened-" + number,
                        alert.reopened(START.plusSeconds(2000 + number))));
            }
            if (number == 1) {
                deliveries.add(Delivery.of(
                        "dependabot_alert", repository + "-fixed-again", alert.fixed(START.plusSeconds(3000))));
            }
        }
        return deliveries;
    }
}
