package dev.muster.portal.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.overview.Trend.Step;
import dev.muster.portal.scorecard.Distribution;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrendTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    @Test
    void findsHowItWasByUndoingWhatHappened() {
        var trend = Trend.of(
                now(2, 1, 0),
                List.of(
                        step(0, "silver", "gold", 1),
                        step(1, null, "silver", 2),
                        new Step(TODAY.minusDays(2), false, null, true, "gold", 1)),
                TODAY,
                4);

        assertThat(trend.days())
                .extracting(it -> it.levels().values().stream().toList())
                .containsExactly(List.of(0, 0, 2), List.of(1, 0, 2), List.of(1, 2, 0), List.of(2, 1, 0));
        assertThat(trend.days().getLast().day()).isEqualTo(TODAY);
    }

    @Test
    void countsALevelThatTheScorecardHasLostAsNoneAndNeverLessThanNobody() {
        var trend =
                Trend.of(now(1, 0, 0), List.of(step(0, "platinum", "gold", 1), step(0, "silver", "gold", 5)), TODAY, 2);

        assertThat(trend.days().getFirst().levels()).isEqualTo(Map.of("gold", 0, "silver", 5, "none", 1));
    }

    private static Step step(int daysAgo, @Nullable String before, @Nullable String after, int times) {
        return new Step(TODAY.minusDays(daysAgo), true, before, true, after, times);
    }

    private static Distribution now(int gold, int silver, int none) {
        var levels = new LinkedHashMap<String, Integer>();
        levels.put("gold", gold);
        levels.put("silver", silver);
        levels.put("none", none);
        return new Distribution(gold + silver + none, levels, 0, 0);
    }
}
