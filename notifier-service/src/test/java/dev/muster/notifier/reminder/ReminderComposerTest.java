package dev.muster.notifier.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.message.Message;
import org.junit.jupiter.api.Test;

class ReminderComposerTest {

    @Test
    void saysWhatEndsWhenAndWhatHappensThen() {
        var message = ReminderExamples.ends();

        assertThat(message.headline()).isEqualTo("1 attestation and 1 exemption end, the first on 2026-12-23");
        assertThat(message.subject()).isEqualTo(message.headline());
        assertThat(message.items()).singleElement().satisfies(item -> {
            assertThat(item.scorecard()).isEqualTo("every scorecard");
            assertThat(item.hasLevel()).isFalse();
            assertThat(item.rules())
                    .extracting(Message.Rule::change)
                    .containsExactly("ends 2026-12-23 12:00:00 UTC", "ends 2026-12-24 12:00:00 UTC");
        });
        assertThat(message.why().sentence()).contains("Where an attestation ended", "Where an exemption ended");
    }

    @Test
    void listsAsManyEntitiesAsItMayAndCountsTheRest() {
        var message = ReminderExamples.ends(45, i -> "component:default/c");

        assertThat(message.items()).hasSize(40);
        assertThat(message.more()).isEqualTo(5);
        assertThat(message.headline()).startsWith("45 exemptions end");
    }

    @Test
    void countsTheRulesThatItDoesNotListAndTheEntitiesThatItDoesNotName() {
        var message = ReminderExamples.counts(47, 12, i -> "x" + i);

        assertThat(message.headline()).isEqualTo("x0: 47 rules count from 2026-12-23 on");
        assertThat(message.items()).singleElement().satisfies(item -> {
            assertThat(item.rules()).hasSize(5);
            assertThat(item.more()).isEqualTo(42);
            assertThat(item.scorecard()).isEqualTo("x0, x1, x2 and 9 more");
        });
    }

    @Test
    void keepsHostileTextOnOneCleanLineAndOutOfCommands() {
        var message = ReminderExamples.ends(1, i -> "x\r\nBcc: a@b\u001b[31m `rm -rf ~` $(id)");

        assertThat(message.headline()).doesNotContain("\r", "\n", "\u001b");
        assertThat(message.items().getFirst().rules().getFirst())
                .satisfies(it -> assertThat(it.message()).doesNotContain("\r", "\n", "\u001b"))
                .satisfies(it ->
                        assertThat(it.remediation()).isEqualTo("Put it right before then, or ask for a new exemption"));
    }
}
