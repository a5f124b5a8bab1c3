package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

    private final PromQl quantile = new PromQl(
            "histogram_quantile(0.99, sum by (le, outcome) (rate(muster_x_seconds_bucket{outcome=\"kept\"}[5m]))) > 0.5");
    private final PromQl difference = new PromQl(
            "(sum by (reason) (a_total) - sum by (reason) (a_total offset 10m)) > 0 or (b_total unless b_total offset 1h)"
                    + " and on(instance) up{job=~\"ingest.*\"} == 0");

    @Test
    void knowsMetrics() {
        assertThat(quantile.metrics()).containsExactly("muster_x_seconds_bucket");
        assertThat(difference.metrics()).containsExactly("a_total", "b_total", "up");
    }

    @Test
    void knowsLabels() {
        assertThat(quantile.labels()).containsExactly("le", "outcome");
        assertThat(difference.labels()).containsExactly("instance", "job", "reason");
    }

    @Test
    void knowsValues() {
        var chosen = new PromQl("a_total{outcome=~\"delivered|accepted\", connection!=\"unknown\", status=~\"5..\"}");

        assertThat(chosen.values())
                .containsOnly(
                        entry("outcome", Set.of("accepted", "delivered")), entry("connection", Set.of("unknown")));
    }
}
