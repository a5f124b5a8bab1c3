package dev.muster.ingest.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.settings.IngestSettings;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.ConnectionStatus;
import dev.muster.schemas.v1.Trouble;
import dev.muster.schemas.v1.UnmappedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JudgingTest {

    private static final Instant MONDAY = Instant.parse("2026-06-01T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Judging judging =
            new Judging(new IngestSettings.Watch(Duration.ofSeconds(10), 3, HOUR, Duration.ofDays(7), 3, null));

    /// Whoever has the topics may copy records.
    @BeforeAll
    static void prepare() {
        assertThat(new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://judging"))).connections())
                .isNotNull();
    }

    private ConnectionStatus with(@Nullable ConnectionStatus known, Seen seen) {
        return judging.merged("github", "github", known, seen);
    }

    /// Eight days with a delivery every four hours.
    private ConnectionStatus rhythm() {
        ConnectionStatus status = null;
        for (var hour = 0; hour <= 8 * 24; hour += 4) {
            status = with(status, Seen.accepted(MONDAY.plus(HOUR.multipliedBy(hour))));
        }
        return Objects.requireNonNull(status);
    }

    private static Seen rejected(int minute) {
        return Seen.rejected(new Trouble(MONDAY.plusSeconds(60L * minute), "its signature or token is wrong"));
    }

    @Test
    void isSilentAfterThreeTimesTheLongestGapOfTwoWeeks() {
        var status = rhythm();
        var last = status.getLastAcceptedAt();

        assertThat(judging.allowedSilence(status)).hasValue(Duration.ofHours(12));
        assertThat(judging.judged(status, last.plus(Duration.ofHours(12)).minusMillis(1))
                        .getSilentSince())
                .isNull();
        assertThat(judging.judged(status, last.plus(Duration.ofDays(2))).getSilentSince())
                .isEqualTo(last.plus(Duration.ofHours(12)));
    }

    @Test
    void isSilentNoLongerOnceItReportsAndDoesNotTakeTheOutageForItsRhythm() {
        var back = rhythm().getLastAcceptedAt().plus(Duration.ofDays(3));
        var status = with(rhythm(), Seen.accepted(back));

        assertThat(judging.judged(status, back).getSilentSince()).isNull();
        assertThat(judging.allowedSilence(status)).hasValue(Duration.ofHours(36));
    }

    @Test
    void isNotSilentBeforeItsRhythmIsKnown() {
        var status = with(with(null, Seen.accepted(MONDAY)), Seen.accepted(MONDAY.plus(HOUR)));

        assertThat(judging.judged(status, MONDAY.plus(Duration.ofDays(300))).getSilentSince())
                .isNull();
    }

    @Test
    void isAllowedAnHourAtLeast() {
        ConnectionStatus status = null;
        for (var minute = 0; minute <= 8 * 24 * 60; minute += 5) {
            status = with(status, Seen.accepted(MONDAY.plusSeconds(60L * minute)));
        }
        assertThat(judging.allowedSilence(Objects.requireNonNull(status))).hasValue(HOUR);
    }

    @Test
    void forgetsGapsAfterTwoWeeks() {
        var status = with(with(null, Seen.accepted(MONDAY)), Seen.accepted(MONDAY.plus(Duration.ofHours(20))));
        for (var day = 1; day <= 16; day++) {
            status = with(status, Seen.accepted(MONDAY.plus(Duration.ofDays(day))));
            status =
                    with(status, Seen.accepted(MONDAY.plus(Duration.ofDays(day)).plus(HOUR.multipliedBy(12))));
        }
        assertThat(Judging.longestGap(status)).hasValue(Duration.ofHours(12));
        assertThat(status.getGaps()).hasSize(14);
    }

    @Test
    void isRejectingWhenSomeInARowAreRefusedUntilOneIsAccepted() {
        var status = with(null, Seen.accepted(MONDAY));
        status = with(with(status, rejected(1)), rejected(2));
        assertThat(judging.judged(status, MONDAY.plus(HOUR)).getRejectingSince())
                .isNull();

        status = judging.judged(with(status, rejected(3)), MONDAY.plus(HOUR));
        assertThat(status.getRejectingSince()).isEqualTo(MONDAY.plusSeconds(180));
        assertThat(status.getLastRejected().getReason()).isEqualTo("its signature or token is wrong");
        status = judging.judged(with(status, rejected(9)), MONDAY.plus(HOUR));
        assertThat(status.getRejectingSince()).as("when it began").isEqualTo(MONDAY.plusSeconds(180));

        status = judging.judged(with(status, Seen.accepted(MONDAY.plus(HOUR))), MONDAY.plus(HOUR));
        assertThat(status.getRejectingSince()).isNull();
        assertThat(status.getRejected()).isEqualTo(4);
    }

    @Test
    void isFailingUntilADeliveryIsReadAgain() {
        var failed = new Trouble(MONDAY, "alert: no time");
        var status = judging.judged(with(null, Seen.failed(failed)), MONDAY);
        assertThat(status.getFailingSince()).isEqualTo(MONDAY);

        status = judging.judged(with(status, Seen.mapped(MONDAY.plusSeconds(1), null, 70L)), MONDAY.plusSeconds(1));
        assertThat(status.getFailingSince()).isNull();
        assertThat(status.getLastFailure()).isEqualTo(failed);
        assertThat(status.getClockDifferenceMillis()).isEqualTo(70);
    }

    @Test
    void countsEventsThatNobodyReadsAndKeepsTheMostRecentFifty() {
        var status = IntStream.range(0, 60)
                .boxed()
                .reduce(
                        with(null, Seen.accepted(MONDAY)),
                        (it, i) -> with(it, Seen.mapped(MONDAY.plusSeconds(i), "event-" + i, null)),
                        (a, _) -> a);
        status = with(status, Seen.mapped(MONDAY.plusSeconds(99), "event-59", null));

        assertThat(status.getUnmapped()).hasSize(50);
        assertThat(status.getUnmapped().getFirst())
                .isEqualTo(new UnmappedEvent("event-59", 2L, MONDAY.plusSeconds(99)));
    }

    @Test
    void isTheSameWhetherItIsWrittenDownOnceOrInBetween() {
        var seen = new Seen[] {
            Seen.accepted(MONDAY),
            rejected(1),
            Seen.mapped(MONDAY.plusSeconds(2), "ping", null),
            rejected(3),
            Seen.accepted(MONDAY.plusSeconds(400)),
            rejected(9),
            Seen.mapped(MONDAY.plusSeconds(700), "ping", -5L)
        };
        ConnectionStatus oneByOne = null;
        for (var each : seen) {
            oneByOne = with(oneByOne, each);
        }
        var together = with(null, seen[0]);
        var rest = seen[1];
        for (var i = 2; i < seen.length; i++) {
            rest = rest.and(seen[i]);
        }

        assertThat(with(together, rest)).isEqualTo(oneByOne);
    }
}
