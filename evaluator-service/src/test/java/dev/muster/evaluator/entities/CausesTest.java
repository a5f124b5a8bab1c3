package dev.muster.evaluator.entities;

import static dev.muster.evaluator.Known.NOON;
import static dev.muster.evaluator.Known.REPO;
import static dev.muster.evaluator.Known.coverage;
import static dev.muster.evaluator.Known.observed;
import static dev.muster.evaluator.Known.snapshot;
import static dev.muster.evaluator.Known.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.records.FactMapping;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CausesTest {

    @Test
    void showsTheItemThatChangedAndNotItsNeighbours() {
        var before = apply(null, change(vulnerability("v1", "low", NOON)));
        before = apply(before, change(vulnerability("v2", "critical", NOON)));
        var change = change(vulnerability("v1", "high", NOON.plusSeconds(1)));

        var cause = Causes.fact(REPO, change, before, apply(before, change)).apply(7);

        assertThat(cause.before()).contains("low").doesNotContain("critical");
        assertThat(cause.after()).contains("high").doesNotContain("critical");
        assertThat(cause.scorecardVersion()).isEqualTo(7);
    }

    @Test
    void countsTheItemsOfASnapshot() {
        var before = apply(null, change(vulnerability("v1", "low", NOON)));
        var change = change(snapshot("vulnerabilities", Map.of("a", "{}", "b", "{}"), NOON.plusSeconds(1)));

        var cause = Causes.fact(REPO, change, before, apply(before, change)).apply(1);

        assertThat(cause.before()).isEqualTo("1 item");
        assertThat(cause.after()).isEqualTo("2 items");
    }

    @Test
    void showsTheWholeOfASmallScalar() {
        var change = change(coverage(80, NOON));

        assertThat(Causes.fact(REPO, change, null, apply(null, change)).apply(1).after())
                .isEqualTo("{\"newCode\":80.0}");
    }

    private static FactState apply(FactState state, FactChange change) {
        return Registers.apply(state, change, 100);
    }

    private static FactChange change(dev.muster.schemas.v1.FactChange change) {
        return FactMapping.toEngine(observed(REPO, "d1", change)).getFirst();
    }
}
