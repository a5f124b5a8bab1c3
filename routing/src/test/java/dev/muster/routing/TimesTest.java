package dev.muster.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /// 2026-03-02 is a Monday; Berlin changes to summer time on Sunday 2026-03-29 at 02:00, and back on 2026-10-25 at
    /// 03:00.
    @ParameterizedTest
    @CsvSource({
        "22:00-07:00 Europe/Berlin,2026-03-02T21:30:00Z,2026-03-03T06:00:00Z",
        "22:00-07:00 Europe/Berlin,2026-03-03T05:59:59Z,2026-03-03T06:00:00Z",
        "22:00-07:00 Europe/Berlin,2026-03-03T06:00:00Z,",
        "22:00-07:00 Europe/Berlin,2026-03-28T22:00:00Z,2026-03-29T05:00:00Z",
        "22:00-07:00 Europe/Berlin,2026-10-24T21:00:00Z,2026-10-25T06:00:00Z",
        "22:00-07:00 Europe/Berlin,2026-10-25T05:59:59Z,2026-10-25T06:00:00Z",
        "22:00-07:00 Europe/Berlin,2026-10-25T06:00:00Z,",
        "sun 00:00-24:00 Europe/Berlin,2026-10-25T22:30:00Z,2026-10-25T23:00:00Z",
        "mon-fri 18:00-08:00,2026-03-06T18:00:00Z,2026-03-07T08:00:00Z",
        "mon-fri 18:00-08:00,2026-03-07T18:00:00Z,",
        "sat 00:00-24:00,2026-03-07T12:00:00Z,2026-03-08T00:00:00Z",
        "fri-mon 10:00-11:00,2026-03-08T10:30:00Z,2026-03-08T11:00:00Z"
    })
    void mutesUntilTheEndInTheZone(String text, Instant now, Instant end) {
        var mute = MuteTime.parse(text, ZoneOffset.UTC).orElseThrow();

        assertThat(MuteTime.until(List.of(mute), now).orElse(null)).isEqualTo(end);
    }

    @Test
    void mutesThroughTimesThatTouch() {
        var mutes = List.of(
                MuteTime.parse("mon-fri 18:00-08:00", ZoneOffset.UTC).orElseThrow(),
                MuteTime.parse("sat-sun 00:00-24:00", ZoneOffset.UTC).orElseThrow());

        assertThat(MuteTime.until(mutes, Instant.parse("2026-03-06T19:00:00Z")))
                .contains(Instant.parse("2026-03-09T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "22:00", "25:00-07:00", "22:00-07:00 Nowhere/Land", "mo 22:00-07:00", "mon-xyz 1:00-2:00"})
    void refusesWhatIsNoTime(String text) {
        assertThat(MuteTime.parse(text, ZoneOffset.UTC)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HOURLY,2026-03-02T10:10:00Z,2026-03-02T10:30:00Z",
        "HOURLY,2026-03-02T10:30:00Z,2026-03-02T11:30:00Z",
        "DAILY,2026-03-02T07:29:59Z,2026-03-02T07:30:00Z",
        "DAILY,2026-03-02T07:30:00Z,2026-03-03T07:30:00Z",
        "DAILY,2026-03-28T12:00:00Z,2026-03-29T06:30:00Z",
        "HOURLY,2026-10-25T00:40:00Z,2026-10-25T01:30:00Z",
        "HOURLY,2026-10-25T01:40:00Z,2026-10-25T02:30:00Z",
        "DAILY,2026-10-24T06:30:00Z,2026-10-25T07:30:00Z",
        "WEEKLY,2026-10-23T06:30:00Z,2026-10-30T07:30:00Z",
        "WEEKLY,2026-03-02T07:30:00Z,2026-03-06T07:30:00Z",
        "WEEKLY,2026-03-06T07:30:00Z,2026-03-13T07:30:00Z"
    })
    void endsAWindowAtItsLocalTime(Digest.Every every, Instant now, Instant end) {
        var digest = new Digest(every, LocalTime.of(8, 30), DayOfWeek.FRIDAY, BERLIN);

        assertThat(digest.next(now)).contains(end);
    }

    @Test
    void collectsNothingWhenImmediate() {
        assertThat(new Digest(Digest.Every.IMMEDIATE, LocalTime.NOON, DayOfWeek.MONDAY, BERLIN).next(Instant.EPOCH))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "immediate,IMMEDIATE,MONDAY,09:00,Z",
        "hourly,HOURLY,MONDAY,09:00,Z",
        "daily 07:30,DAILY,MONDAY,07:30,Z",
        "daily Europe/Berlin,DAILY,MONDAY,09:00,Europe/Berlin",
        "weekly fri 08:00 Europe/Berlin,WEEKLY,FRIDAY,08:00,Europe/Berlin"
    })
    void readsADigest(String text, Digest.Every every, DayOfWeek day, LocalTime at, ZoneId zone) {
        assertThat(Digest.parse(text, Digest.IMMEDIATE)).contains(new Digest(every, at, day, zone));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sometimes", "daily mon 09:00", "weekly mo 09:00", "daily 25:00", "daily 09:00 Nowhere/Land"
            })
    void refusesWhatIsNoDigest(String text) {
        assertThat(Digest.parse(text, Digest.IMMEDIATE)).isEmpty();
    }

    @Test
    void putsTheDigestOfTheNodeBeforeTheOwners() {
        var daily = Digest.parse("daily", Digest.IMMEDIATE);
        var silent = Routes.NONE.at(Routes.ROOT);
        var immediate = new Sending(List.of(), List.of(), null, Digest.IMMEDIATE, List.of(), null);

        assertThat(silent.digest(daily)).isEqualTo(daily.orElseThrow());
        assertThat(silent.digest(Optional.empty())).isEqualTo(Digest.IMMEDIATE);
        assertThat(immediate.digest(daily)).isEqualTo(Digest.IMMEDIATE);
    }
}
