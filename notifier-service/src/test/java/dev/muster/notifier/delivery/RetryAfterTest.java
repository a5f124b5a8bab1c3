package dev.muster.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2|2",
                "0|0",
                "-1|0",
                "86400|86400",
                "999999999999999999|86400",
                "99999999999999999999999|0",
                "1.5|0",
                "soon|0",
                "Mon, 23 Nov 2026 12:00:30 GMT|30",
                "Mon, 23 Nov 2026 11:59:00 GMT|0",
                "Fri, 01 Jan 2100 00:00:00 GMT|86400",
                "Mon, 45 Nov 2026 12:00:30 GMT|0",
                "''|0"
            })
    void readsSecondsAndDatesAndNoNonsense(String header, long seconds) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void takesAMissingHeaderForNothing() {
        assertThat(RetryAfter.read(null, NOW)).isZero();
    }
}
