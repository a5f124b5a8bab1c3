package dev.muster.notifier.reminder;

import static dev.muster.notifier.reminder.Declared.approved;
import static dev.muster.notifier.reminder.Declared.attestation;
import static dev.muster.notifier.reminder.Declared.rule;
import static dev.muster.notifier.reminder.Declared.scorecard;
import static dev.muster.notifier.transition.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.StepKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReminderReaderTest {

    @ParameterizedTest
    @CsvSource({
        "P90D, P14D, P76D",
        "P28D, P14D, P14D",
        "P27D, P14D, PT324H",
        "P1D, P14D, PT12H",
        "P3D, P10000000D, PT36H"
    })
    void tellsOfAnEndBeforeItButNotBeforeHalfOfItsTime(Duration lasts, Duration notice, Duration due) {
        assertThat(ReminderReader.read(attestation("a1", lasts), notice).reminders())
                .singleElement()
                .satisfies(it -> assertThat(it.dueAt()).isEqualTo(NOON.plus(due)))
                .satisfies(it -> assertThat(it.endsAt()).isEqualTo(NOON.plus(lasts)));
    }

    @Test
    void saysNothingOfWhatLastsLessThanADay() {
        for (var lasts : List.of(Duration.ofDays(1).minusMillis(1), Duration.ZERO, Duration.ofDays(-10_000_000))) {
            assertThat(ReminderReader.read(attestation("a1", lasts), Duration.ofDays(14))
                            .reminders())
                    .isEmpty();
        }
    }

    @Test
    void countsTheTimeOfAnExemptionFromItsApproval() {
        var late = Declared.after(
                Declared.requested("e1", Duration.ofDays(10)), StepKind.APPROVED, "ann", NOON.plus(Duration.ofDays(8)));

        assertThat(ReminderReader.read(late, Duration.ofDays(7)).reminders())
                .singleElement()
                .satisfies(it -> assertThat(it.dueAt()).isEqualTo(NOON.plus(Duration.ofDays(9))));
    }

    @ParameterizedTest
    @CsvSource({"P30D, P14D, P16D", "P10D, P14D, PT5M", "PT6M, P14D, PT3M", "P-1D, P14D, PT-12H"})
    void tellsOfARuleBeforeItCountsButNotAtTheMomentOfItsPublishing(Duration from, Duration notice, Duration due) {
        assertThat(read(from, notice))
                .singleElement()
                .satisfies(it -> assertThat(it.dueAt()).isEqualTo(NOON.plus(due)));
    }

    @Test
    void tellsNothingWhereTheNoticeIsZero() {
        assertThat(read(Duration.ofDays(30), Duration.ZERO)).isEmpty();
        assertThat(ReminderReader.read(attestation("a1", Duration.ofDays(30)), Duration.ZERO)
                        .reminders())
                .isEmpty();
    }

    private static List<Reminder> read(Duration from, Duration notice) {
        return ReminderReader.read(scorecard(2, NOON, rule("new", "New", NOON.plus(from))), notice)
                .reminders();
    }

    @Test
    void givesTheSameIdWheneverItIsReadAndAnotherOneForAnotherDay() {
        var day = Duration.ofDays(30);

        assertThat(read(day, day))
                .extracting(Reminder::id)
                .isEqualTo(
                        read(day, Duration.ofDays(1)).stream().map(Reminder::id).toList());
        assertThat(read(day, day))
                .extracting(Reminder::id)
                .doesNotContain(read(day.plusDays(1), day).getFirst().id());
    }

    @Test
    void takesTextThatADatabaseCanKeepAndTimesThatCannotBe() {
        var hostile = Exemption.newBuilder(approved("e1", Duration.ofDays(1)))
                .setReason("nul\u0000 and lone \ud800")
                .setExpiresAt(Instant.ofEpochMilli(Long.MAX_VALUE))
                .build();

        assertThat(ReminderReader.read(hostile, Duration.ofDays(7)).reminders())
                .singleElement()
                .satisfies(it -> assertThat(it.details().words()).isEqualTo("nul and lone "));
    }
}
