package dev.muster.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @Test
    void readsWhatPeopleWrite() {
        assertThat(DurationText.parse("14d")).contains(Duration.ofDays(14));
        assertThat(DurationText.parse("1d12h")).contains(Duration.ofHours(36));
        assertThat(DurationText.parse("2w")).contains(Duration.ofDays(14));
        assertThat(DurationText.parse("1.5h")).contains(Duration.ofMinutes(90));
        assertThat(DurationText.parse("250ms")).contains(Duration.ofMillis(250));
        assertThat(DurationText.parse("-90s")).contains(Duration.ofSeconds(-90));
        assertThat(DurationText.parse("4380h")).contains(Duration.ofHours(4380));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "14", "d", "14 days", "1y", "-", "1d-2h", "99999999999999999999d", "999999999999d", "P14D"})
    void refusesTheRest(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @Property(tries = 200)
    void readsWhatItWrites(@ForAll @LongRange(min = -100_000_000_000L, max = 100_000_000_000L) long millis) {
        var duration = Duration.ofMillis(millis);
        assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
    }
}
