package dev.muster.portal.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.Portal;
import dev.muster.portal.Told;
import dev.muster.portal.overview.Trend.Step;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

class MovementsTest {

    private static final Portal PORTAL = Portal.shared();
    private static final String CARD = "moving-card";
    private static final Instant NOW = Instant.now();
    private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);

    private final Told told = new Told(PORTAL, CARD);
    private final AtomicLong nanos = new AtomicLong();
    private final DSLContext sql = PORTAL.bean(DSLContext.class);
    private final Movements movements = new Movements(sql, nanos::get);

    private void reaches(String name, String level, int daysAgo) {
        told.happen(null, name, 1, level, NOW.minus(Duration.ofDays(daysAgo)), TransitionKind.BASELINE);
        PORTAL.awaitTold();
    }

    private List<String> levels() {
        return movements.stepsUntilNow(CARD, TODAY.minusDays(29), NOW).stream()
                .map(Step::after)
                .sorted()
                .toList();
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos() + 1);
    }

    @Test
    void seesTodayAtOnceAndSoonWhatCameLateAndWhatARebuildMadeOtherwise() {
        reaches("moving-a", "gold", 5);
        assertThat(levels()).containsExactly("gold");

        reaches("moving-b", "silver", 0);
        reaches("moving-c", "bronze", 5);
        assertThat(levels()).containsExactly("gold", "silver");
        passes(Movements.PAST_WITHIN);
        assertThat(levels()).containsExactly("bronze", "gold", "silver");

        sql.execute("delete from transition where scorecard = ? and level_after = 'gold'", CARD);
        passes(Movements.PAST_WITHIN);
        assertThat(levels()).containsExactly("bronze", "silver");
    }
}
