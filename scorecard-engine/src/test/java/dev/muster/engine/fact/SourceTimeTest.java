package dev.muster.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SourceTimeTest {

    private static final Instant RECEIVED = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void thePastIsBelieved() {
        var told = RECEIVED.minusSeconds(86_400 * 365);

        assertThat(SourceTime.of(told, RECEIVED)).isEqualTo(new SourceTime(told, false));
    }

    @Test
    void aClockThatRunsAheadALittleIsBelieved() {
        var told = RECEIVED.plusSeconds(600);

        assertThat(SourceTime.of(told, RECEIVED)).isEqualTo(new SourceTime(told, false));
    }

    @Test
    void aTimeTooFarAheadIsReplacedByReceiptAndFlagged() {
        assertThat(SourceTime.of(RECEIVED.plusSeconds(600).plusMillis(1), RECEIVED))
                .isEqualTo(new SourceTime(RECEIVED, true));
        assertThat(SourceTime.of(Instant.MAX, RECEIVED)).isEqualTo(new SourceTime(RECEIVED, true));
    }

    @Test
    void aTimeBefore1970IsReplacedByReceiptAndFlagged() {
        assertThat(SourceTime.of(Instant.parse("0001-01-01T00:00:00Z"), RECEIVED))
                .isEqualTo(new SourceTime(RECEIVED, true));
        assertThat(SourceTime.of(Instant.ofEpochMilli(-1), RECEIVED)).isEqualTo(new SourceTime(RECEIVED, true));
        assertThat(SourceTime.of(Instant.MIN, RECEIVED)).isEqualTo(new SourceTime(RECEIVED, true));
        assertThat(SourceTime.of(Instant.EPOCH, RECEIVED)).isEqualTo(new SourceTime(Instant.EPOCH, false));
    }

    @Test
    void aSourceWithoutATimeCountsFromReceipt() {
        assertThat(SourceTime.of(null, RECEIVED)).isEqualTo(new SourceTime(RECEIVED, false));
    }

    @Test
    void aVersionIsTheSameBeforeAndAfterItWasStoredInMilliseconds() {
        var version = new Version(RECEIVED.plusNanos(1_234_567), 0, RECEIVED.plusNanos(999), "d1");

        assertThat(version)
                .isEqualTo(new Version(
                        Instant.ofEpochMilli(version.sourceTime().toEpochMilli()),
                        0,
                        Instant.ofEpochMilli(version.receivedAt().toEpochMilli()),
                        "d1"));
    }
}
