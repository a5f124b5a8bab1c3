package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T12:00:00Z, 2026-06-01T12:00:00Z",
        "2018-03-07T06:33:21.873077559-05:00, 2018-03-07T11:33:21.873077559Z",
        "2020-05-06T01:54:17+0800, 2020-05-05T17:54:17Z",
        "2020-05-06T01:54:17+08, 2020-05-05T17:54:17Z",
        "2017-09-15 16:50:55 UTC, 2017-09-15T16:50:55Z",
        "2017-09-15 16:50:55 +0200, 2017-09-15T14:50:55Z",
        "2026-06-01, 2026-06-01T00:00:00Z",
        "1557933657, 2019-05-15T15:20:57Z",
        "1557933657000, 2019-05-15T15:20:57Z"
    })
    void readsWhatToolsWrite(String text, Instant expected) {
        assertThat(TimeText.read(text)).hasValue(expected);
    }

    @Test
    void readsNumbersBySize() {
        var expected = Instant.parse("2019-05-15T15:20:57Z");

        assertThat(TimeText.read(1557933657L)).hasValue(expected);
        assertThat(TimeText.read(1557933657000L)).hasValue(expected);
        assertThat(TimeText.read(1557933657000000L)).hasValue(expected);
        assertThat(TimeText.read(1557933657000000000L)).hasValue(expected);
        assertThat(TimeText.read(1557933657.0)).hasValue(expected);
        assertThat(TimeText.read(-5L)).hasValue(Instant.ofEpochSecond(-5));
        assertThat(TimeText.read(20_146_744_073_709_552L)).hasValue(Instant.parse("2608-06-04T21:47:53.709552Z"));
        assertThat(TimeText.read(-20_146_744_073_709_552L)).hasValue(Instant.parse("1331-07-30T02:12:06.290448Z"));
        assertThat(TimeText.read(Long.MAX_VALUE)).hasValue(Instant.parse("2262-04-11T23:47:16.854775807Z"));
    }

    @Test
    void takesNothingAndTheYearOneAsNoTime() {
        assertThat(TimeText.read(null)).isEmpty();
        assertThat(TimeText.read("")).isEmpty();
        assertThat(TimeText.read(Optional.empty())).isEmpty();
        assertThat(TimeText.read("0001-01-01T00:00:00Z")).isEmpty();
    }

    @Test
    void refusesWhatNoClockReaches() {
        assertThatThrownBy(() -> TimeText.read(Long.MIN_VALUE)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> TimeText.read(1e300)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> TimeText.read(true)).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-06-01T12:00:00",
                "99999999999999999999999"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> TimeText.read(text)).isInstanceOf(DateTimeException.class);
    }
}
