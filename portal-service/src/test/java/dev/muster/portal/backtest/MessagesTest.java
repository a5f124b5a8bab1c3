package dev.muster.portal.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.result.Cause;
import dev.muster.engine.result.CauseKind;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleChange;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.engine.result.Transition;
import dev.muster.engine.result.TransitionKind;
import dev.muster.engine.rule.EntityView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final Messages messages = new Messages();

    @Test
    void oneOwnerAndOneCauseMakeOneMessage() {
        happens("a", "one", TransitionKind.REGRESSED, "d-1");
        happens("b", "one", TransitionKind.REGRESSED, "d-1");
        happens("c", "two", TransitionKind.REGRESSED, "d-1");
        happens("d", null, TransitionKind.REGRESSED, "d-2");

        assertThat(messages.byOwner()).isEqualTo(Map.of("one", 1, "two", 1, "", 1));
        assertThat(messages.sum()).isEqualTo(3);
    }

    @Test
    void aRecoveryIsToldToWhoHeardOfTheRegression() {
        happens("a", "one", TransitionKind.RECOVERED, "d-0");
        assertThat(messages.sum()).isZero();

        happens("a", "one", TransitionKind.REGRESSED, "d-1");
        happens("a", "one", TransitionKind.RECOVERED, "d-2");
        happens("a", "one", TransitionKind.RECOVERED, "d-3");

        assertThat(messages.sum()).isEqualTo(2);
    }

    @Test
    void recoveriesOfTwoThreadsAreTwoMessages() {
        happens("a", "one", TransitionKind.REGRESSED, "d-1");
        happens("b", "one", TransitionKind.REGRESSED, "d-2");
        happens("a", "one", TransitionKind.RECOVERED, "d-3");
        happens("b", "one", TransitionKind.RECOVERED, "d-3");

        assertThat(messages.sum()).isEqualTo(4);
    }

    @Test
    void nobodyHearsOfWhatTheScorecardDoesNotTell() {
        messages.heard(
                entity("a", "one"), result(Outcome.FAIL), transition(TransitionKind.REGRESSED), cause("d"), false);
        happens("a", "one", TransitionKind.BASELINE, "d-2");
        happens("a", "one", TransitionKind.DECAYED, "d-3");

        assertThat(messages.sum()).isZero();
    }

    @Test
    void aRecoveryOfWhatWasGoneInBetweenIsToldToNobody() {
        happens("a", "one", TransitionKind.REGRESSED, "d-1");
        messages.ended(entity("a", "one"));
        happens("a", "one", TransitionKind.RECOVERED, "d-2");

        assertThat(messages.sum()).isEqualTo(1);
    }

    @Test
    void aMessageIsSharedAlsoByThoseThatComeLater() {
        for (var name : List.of("a", "b")) {
            for (var i = 0; i < 5_000; i++) {
                happens(name, "one", TransitionKind.REGRESSED, "d-" + i);
            }
            messages.finished();
        }

        assertThat(messages.sum()).isEqualTo(5_000);
    }

    private void happens(String name, String owner, TransitionKind kind, String delivery) {
        var after = result(kind == TransitionKind.RECOVERED ? Outcome.PASS : Outcome.FAIL);
        messages.heard(entity(name, owner), after, transition(kind), cause(delivery), true);
    }

    private static Transition transition(TransitionKind kind) {
        var bad = kind != TransitionKind.RECOVERED;
        return new Transition(
                kind,
                List.of(new RuleChange("r", bad ? Outcome.PASS : Outcome.FAIL, bad ? Outcome.FAIL : Outcome.PASS, "")));
    }

    private static Result result(Outcome outcome) {
        var rule = new RuleOutcome("r", outcome, NOON, "", List.of(), null);
        return new Result("e", "s", 1, null, 0, 0, NOON, List.of(rule), null);
    }

    private static Cause cause(String delivery) {
        return new Cause(
                CauseKind.FACT, "github", "github", delivery, null, null, "s", "f", null, null, NOON, 1, false);
    }

    private static EntityView entity(String name, String owner) {
        return new EntityView(
                "component:default/" + name,
                "Component",
                "default",
                name,
                null,
                null,
                null,
                owner,
                null,
                1,
                List.of(),
                Map.of(),
                List.of());
    }
}
