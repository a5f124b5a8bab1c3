package dev.muster.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MeterDefinitionTest {

    private enum Colour {
        RED,
        LIGHT_BLUE
    }

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countsFromZeroWhereTheCodeKnowsAllThatThereIs() {
        var counters = MeterDefinition.counter("fruits", "Fruits")
                .withLower("colour", Colour.class)
                .with("ripe", "yes", "no")
                .counters(registry);
        assertThat(registry.find("fruits").counters()).hasSize(4);

        counters.count("light_blue", "no");
        counters.count(2, "light_blue", "no");

        assertThat(registry.counter("fruits", "colour", "light_blue", "ripe", "no")
                        .count())
                .isEqualTo(3);
        assertThat(registry.find("fruits").counters()).hasSize(4);
    }

    @Test
    void countsFromTheFirstWhereSomebodyElseKnows() {
        var counters = MeterDefinition.counter("fruits", "Fruits")
                .withBound("tree", "the trees")
                .counters(registry);
        assertThat(registry.find("fruits").counters()).isEmpty();

        counters.count("the old one");

        assertThat(registry.counter("fruits", "tree", "the old one").count()).isEqualTo(1);
    }

    @Test
    void hasNoOtherValuesThanItNames() {
        var counters = MeterDefinition.counter("fruits", "Fruits")
                .with("ripe", "yes", "no")
                .counters(registry);

        assertThatThrownBy(() -> counters.count("perhaps"))
                .hasMessage("label ripe of fruits cannot be 'perhaps': one of [yes, no]");
        assertThatThrownBy(() -> counters.count("yes", "red")).hasMessage("fruits has 1 labels, and not 2");
    }

    @Test
    void isDescribedUnderTheNamesOfPrometheus() {
        var baskets = new AtomicInteger(3);
        var gauge = MeterDefinition.gauge("fruit.weight", "bytes", "How heavy").with("ripe", "yes");
        gauge.gauge(registry, baskets, AtomicInteger::get, "yes");

        assertThat(registry.get("fruit.weight").gauge().value()).isEqualTo(3);
        assertThat(MeterTable.of(java.util.List.of(
                        gauge,
                        MeterDefinition.counter("fruits", "Fruits").withBound("tree", "the trees"),
                        MeterDefinition.timer("ripening", "How long", 1000))))
                .isEqualTo("""
                        | metric | kind | labels | meaning |
                        |---|---|---|---|
                        | `fruit_weight_bytes` | gauge | `ripe`: `yes` | How heavy |
                        | `fruits_total` | counter | `tree`: the trees | Fruits |
                        | `ripening_seconds` | histogram |  | How long |
                        """);
    }
}
