package dev.muster.engine.fact;

import static dev.muster.engine.fact.Told.at;
import static dev.muster.engine.fact.Told.invalidate;
import static dev.muster.engine.fact.Told.remove;
import static dev.muster.engine.fact.Told.set;
import static dev.muster.engine.fact.Told.snapshot;
import static dev.muster.engine.fact.Told.state;
import static dev.muster.engine.fact.Told.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static Difference made(FactChange change, FactChange... before) {
        var state = state(before);
        return Difference.made(state, Registers.apply(state, change, Told.BOUND), change);
    }

    @Test
    void ofAScalarIsItsValues() {
        assertThat(made(set("2", at(2)), set("1", at(1)))).isEqualTo(new Difference("1", "2"));
        assertThat(made(set("2", at(2)))).isEqualTo(new Difference(null, "2"));
        assertThat(made(invalidate(at(2)), set("1", at(1)))).isEqualTo(new Difference("1", "1"));
    }

    @Test
    void ofAnItemIsThatItemAlone() {
        var other = upsert("b", "", "{}", at(1));

        assertThat(made(upsert("a", "", "{\"n\":1}", at(2)), other)).isEqualTo(new Difference(null, "{\"n\":1}"));
        assertThat(made(remove("b", "", at(2)), other)).isEqualTo(new Difference("{}", null));
    }

    @Test
    void ofASnapshotIsTheCountInItsScope() {
        var change = snapshot("main", Map.of("a", "{}", "c", "{}"), at(2));

        assertThat(made(change, upsert("a", "main", "{}", at(1)), upsert("b", "next", "{}", at(1))))
                .isEqualTo(new Difference("1 item", "2 items"));
    }

    @Test
    void isShortenedWithoutBreakingACharacter() {
        var long1 = made(set("\"" + "x".repeat(500) + "\"", at(1))).after();
        var long2 = made(set("\"" + "x".repeat(197) + "😀😀😀\"", at(1))).after();

        assertThat(long1).hasSize(Difference.LONGEST).endsWith("…");
        assertThat(long2).hasSizeLessThanOrEqualTo(Difference.LONGEST).endsWith("x…");
    }
}
