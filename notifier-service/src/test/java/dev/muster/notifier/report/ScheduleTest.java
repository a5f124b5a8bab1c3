package dev.muster.notifier.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.preference.Preference;
import dev.muster.routing.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    private static final Map<String, String> BERLIN =
            Map.of(Preference.WEEKLY_REPORT.annotation(), "mon 09:00 Europe/Berlin");
    private static final Digest USUAL =
            Digest.parse("weekly mon 09:00", Digest.IMMEDIATE).orElseThrow();

    /// Berlin changes to summer time on Sunday 2027-03-28, and back on 2026-10-25.
    @ParameterizedTest
    @CsvSource({
        "2026-10-19T07:00:00Z,2026-10-26T08:00:00Z",
        "2026-10-26T08:00:00Z,2026-11-02T08:00:00Z",
        "2027-03-15T08:00:00Z,2027-03-22T08:00:00Z",
        "2027-03-22T08:00:00Z,2027-03-29T07:00:00Z"
    })
    void beginsAWeekWhereTheOneBeforeEnded(Instant begins, Instant ends) {
        assertThat(Schedule.due(BERLIN, USUAL, begins)).contains(begins);
        assertThat(Schedule.due(BERLIN, USUAL, ends)).contains(ends);

        assertThat(Schedule.begins(BERLIN, USUAL, ends)).isEqualTo(begins);
    }

    @Test
    void countsInTheUsualZoneForATeamThatDoesNotSay() {
        var ends = Instant.parse("2026-10-26T09:00:00Z");

        assertThat(Schedule.begins(Map.of(), USUAL, ends)).isEqualTo(ends.minus(Duration.ofDays(7)));
    }
}
