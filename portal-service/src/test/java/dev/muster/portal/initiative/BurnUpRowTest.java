package dev.muster.portal.initiative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.initiative.BurnUp.Point;
import dev.muster.portal.initiative.InitiativeApi.BurnUpView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurnUpRowTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 20);

    @Test
    void standsBesideAnEvenPaceToTheDueDayWhichHasYetToCome() {
        assertThat(rows("2026-11-24T00:00:00Z", new Point(FIRST, 3, 0), new Point(FIRST.plusDays(1), 4, 2)))
                .containsExactly(
                        new BurnUpRow(FIRST.plusDays(3), true, null, null, 4),
                        new BurnUpRow(FIRST.plusDays(1), false, 2, 4, 1.3),
                        new BurnUpRow(FIRST, false, 0, 3, 0));
    }

    @Test
    void asksForEverybodyFromTheDueDayOn() {
        assertThat(rows("2026-11-21T00:00:00Z", new Point(FIRST, 3, 0), new Point(FIRST.plusDays(1), 3, 1)))
                .containsExactly(new BurnUpRow(FIRST.plusDays(1), false, 1, 3, 3), new BurnUpRow(FIRST, true, 0, 3, 3));
    }

    @Test
    void areNoneBeforeItBegins() {
        assertThat(rows("2026-11-21T00:00:00Z")).isEmpty();
    }

    private static List<BurnUpRow> rows(String due, Point... points) {
        return BurnUpRow.of(
                new BurnUpView("silver", Instant.parse("2026-11-20T00:00:00Z"), Instant.parse(due), List.of(points)));
    }
}
