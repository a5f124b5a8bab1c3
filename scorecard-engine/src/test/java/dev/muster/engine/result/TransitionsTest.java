package dev.muster.engine.result;

import static dev.muster.engine.result.Outcome.ERROR;
import static dev.muster.engine.result.Outcome.EXEMPT;
import static dev.muster.engine.result.Outcome.FAIL;
import static dev.muster.engine.result.Outcome.NOT_APPLICABLE;
import static dev.muster.engine.result.Outcome.PASS;
import static dev.muster.engine.result.Outcome.STALE;
import static dev.muster.engine.result.Outcome.UNKNOWN;
import static dev.muster.engine.result.Outcome.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final List<String> LEVELS = List.of("bronze", "silver", "gold");

    private static RuleOutcome rule(String id, Outcome outcome, String message) {
        return new RuleOutcome(id, outcome, NOON, message, List.of(), null);
    }

    private static Result result(String level, RuleOutcome... rules) {
        return new Result("component:default/payments", "readiness", 1, level, 50, 100, NOON, List.of(rules), null);
    }

    private static Result one(Outcome outcome) {
        return result("bronze", rule("r", outcome, ""));
    }

    private static Cause cause(CauseKind kind, boolean baseline) {
        return new Cause(kind, "github", "main", "d1", "ann", null, "repo:a", "runbook", null, null, NOON, 1, baseline);
    }

    private static TransitionKind kind(Result before, Result after, CauseKind cause) {
        return Transitions.between(before, after, LEVELS, cause(cause, false))
                .orElseThrow()
                .kind();
    }

    @Test
    void sameOutcomesAreNoTransitionEvenWithOtherEvidence() {
        var evidence = List.of(new Evidence("runbook", "repo:a", NOON, "github", null));
        var again = new Result(
                "component:default/payments",
                "readiness",
                1,
                "bronze",
                50,
                100,
                NOON.plusSeconds(9),
                List.of(new RuleOutcome("r", PASS, NOON, "", evidence, NOON)),
                NOON);

        assertThat(Transitions.between(one(PASS), again, LEVELS, cause(CauseKind.FACT, false)))
                .isEmpty();
        assertThat(Transitions.between(null, null, LEVELS, cause(CauseKind.FACT, false)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PASS,    FAIL,           REGRESSED",
        "PASS,    ERROR,          REGRESSED",
        "STALE,   FAIL,           REGRESSED",
        "EXEMPT,  FAIL,           REGRESSED",
        "FAIL,    ERROR,          CHANGED",
        "ERROR,   FAIL,           CHANGED",
        "FAIL,    PASS,           RECOVERED",
        "ERROR,   WARN,           RECOVERED",
        "FAIL,    EXEMPT,         RECOVERED",
        "FAIL,    NOT_APPLICABLE, RECOVERED",
        "FAIL,    STALE,          DECAYED",
        "PASS,    STALE,          DECAYED",
        "PASS,    UNKNOWN,        DECAYED",
        "UNKNOWN, PASS,           CHANGED",
        "STALE,   PASS,           CHANGED",
        "PASS,    WARN,           CHANGED",
        "PASS,    EXEMPT,         CHANGED",
    })
    void factsAndTheClockRegressRecoverAndDecay(Outcome before, Outcome after, TransitionKind kind) {
        assertThat(kind(one(before), one(after), CauseKind.FACT)).isEqualTo(kind);
        assertThat(kind(one(before), one(after), CauseKind.CLOCK)).isEqualTo(kind);
    }

    @Test
    void aLostLevelIsARegressionAndAGainedOneARecovery() {
        var silver = result("silver", rule("r", PASS, ""));
        var bronze = result("bronze", rule("r", STALE, ""));
        var none = result(null, rule("r", STALE, ""));

        assertThat(kind(silver, bronze, CauseKind.CLOCK)).isEqualTo(TransitionKind.REGRESSED);
        assertThat(kind(bronze, none, CauseKind.CLOCK)).isEqualTo(TransitionKind.REGRESSED);
        assertThat(kind(bronze, silver, CauseKind.FACT)).isEqualTo(TransitionKind.RECOVERED);
        assertThat(kind(none, bronze, CauseKind.FACT)).isEqualTo(TransitionKind.RECOVERED);
    }

    @Test
    void oneRegressionOutweighsAllRecoveries() {
        var before = result("bronze", rule("a", FAIL, ""), rule("b", FAIL, ""), rule("c", PASS, ""));
        var after = result("bronze", rule("a", PASS, ""), rule("b", PASS, ""), rule("c", FAIL, ""));

        assertThat(kind(before, after, CauseKind.FACT)).isEqualTo(TransitionKind.REGRESSED);
    }

    @Test
    void aBaselineIsABaselineWhateverFails() {
        assertThat(Transitions.between(one(PASS), one(FAIL), LEVELS, cause(CauseKind.FACT, true)))
                .hasValueSatisfying(transition -> assertThat(transition.kind()).isEqualTo(TransitionKind.BASELINE));
        assertThat(kind(one(PASS), one(FAIL), CauseKind.SCORECARD)).isEqualTo(TransitionKind.BASELINE);
    }

    @ParameterizedTest
    @EnumSource(CauseKind.class)
    void theFirstResultIsABaselineWhateverCausedIt(CauseKind cause) {
        var transition = Transitions.between(null, one(FAIL), LEVELS, cause(cause, false))
                .orElseThrow();

        assertThat(transition.kind()).isEqualTo(TransitionKind.BASELINE);
        assertThat(transition.changes()).containsExactly(new RuleChange("r", null, FAIL, ""));
    }

    @Test
    void anEditedEntityAndALostClaimOnlyChange() {
        assertThat(kind(one(PASS), one(FAIL), CauseKind.ENTITY)).isEqualTo(TransitionKind.CHANGED);
        assertThat(kind(one(PASS), one(UNKNOWN), CauseKind.CLAIM)).isEqualTo(TransitionKind.CHANGED);
    }

    @Test
    void theEndOfAResultIsAChangeThatLosesEveryRule() {
        var transition = Transitions.between(one(FAIL), null, LEVELS, cause(CauseKind.ENTITY, false))
                .orElseThrow();

        assertThat(transition.kind()).isEqualTo(TransitionKind.CHANGED);
        assertThat(transition.changes()).containsExactly(new RuleChange("r", FAIL, null, ""));
    }

    @Test
    void aNewMessageIsATransition() {
        var before = result("bronze", rule("r", FAIL, "1 is open"));
        var after = result("bronze", rule("r", FAIL, "2 are open"));

        assertThat(Transitions.between(before, after, LEVELS, cause(CauseKind.FACT, false)))
                .hasValueSatisfying(transition -> {
                    assertThat(transition.kind()).isEqualTo(TransitionKind.CHANGED);
                    assertThat(transition.changes()).containsExactly(new RuleChange("r", FAIL, FAIL, "2 are open"));
                });
    }

    @Test
    void aNewScoreAloneIsATransition() {
        var before = one(PASS);
        var after = new Result(before.entity(), before.scorecard(), 1, "bronze", 51, 100, NOON, before.rules(), null);

        assertThat(Transitions.between(before, after, LEVELS, cause(CauseKind.FACT, false)))
                .hasValueSatisfying(
                        transition -> assertThat(transition.changes()).isEmpty());
    }

    @Test
    void changesAreListedWorstFirst() {
        var before = result(
                "bronze",
                rule("gone", FAIL, ""),
                rule("recovered", FAIL, ""),
                rule("words", FAIL, "1"),
                rule("waived", FAIL, ""),
                rule("off", PASS, ""),
                rule("warns", PASS, ""),
                rule("lost", PASS, ""),
                rule("old", PASS, ""),
                rule("broke", PASS, ""),
                rule("same", FAIL, ""),
                rule("failed", PASS, ""));
        var after = result(
                "bronze",
                rule("recovered", PASS, ""),
                rule("words", FAIL, "2"),
                rule("waived", EXEMPT, ""),
                rule("off", NOT_APPLICABLE, ""),
                rule("warns", WARN, ""),
                rule("lost", UNKNOWN, ""),
                rule("old", STALE, ""),
                rule("broke", ERROR, "why"),
                rule("same", FAIL, ""),
                rule("failed", FAIL, ""));

        var transition = Transitions.between(before, after, LEVELS, cause(CauseKind.FACT, false))
                .orElseThrow();

        assertThat(transition.changes())
                .extracting(RuleChange::rule)
                .containsExactly(
                        "failed", "broke", "old", "lost", "warns", "waived", "off", "recovered", "gone", "words");
    }

    @Test
    void aCauseOfTheClockNamesNobody() {
        var cause = Cause.clock(NOON, 3);

        assertThat(cause.source()).isEqualTo("clock");
        assertThat(cause.deliveryId()).isNull();
        assertThat(cause.baseline()).isFalse();
    }
}
