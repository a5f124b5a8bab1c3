package dev.muster.notifier.pipeline;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.dependabot;
import static dev.muster.notifier.transition.Examples.ended;
import static dev.muster.notifier.transition.Examples.id;
import static dev.muster.notifier.transition.Examples.quiet;
import static dev.muster.notifier.transition.Examples.recovered;
import static dev.muster.notifier.transition.Examples.regressed;
import static dev.muster.notifier.transition.Examples.transition;
import static dev.muster.notifier.transition.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.Episode;
import dev.muster.notifier.ledger.Episode.Told;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.pipeline.Decision.EpisodeStep.Close;
import dev.muster.notifier.pipeline.Decision.EpisodeStep.GoOn;
import dev.muster.notifier.pipeline.Decision.EpisodeStep.Keep;
import dev.muster.notifier.pipeline.Decision.EpisodeStep.Leave;
import dev.muster.notifier.pipeline.Decision.EpisodeStep.Open;
import dev.muster.notifier.pipeline.Decision.Telling.End;
import dev.muster.notifier.pipeline.Decision.Telling.Suppress;
import dev.muster.notifier.pipeline.Decision.Telling.Tell;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecidingTest {

    private static final Duration DAY = Duration.ofDays(1);

    /// Id of the recovery that waits to be told.
    private static final List<String> UNDONE = List.of(id(PAYMENTS, 3));

    @Test
    void tellsARegressionAndOpensAnEpisode() {
        assertThat(decide(regressed("d1"), null))
                .isEqualTo(new Decision(new Open(Set.of(VULNERABILITIES)), new Tell(Direction.REGRESSION)));
    }

    @Test
    void tellsNobodyAboutABaseline() {
        assertThat(decide(with(regressed("d1"), TransitionKind.BASELINE), null))
                .isEqualTo(new Decision(new Leave(), new Suppress(SuppressedBecause.BASELINE)));
    }

    @Test
    void tellsNobodyAboutADraftButRemembersTheEpisode() {
        assertThat(decide(quiet(regressed("d1")), null))
                .isEqualTo(new Decision(new Open(Set.of(VULNERABILITIES)), new Suppress(SuppressedBecause.NOTIFY_OFF)));
    }

    @Test
    void tellsNobodyAboutWhatWasWrittenTooLongAgo() {
        assertThat(Deciding.decide(regressed("d1"), null, DAY.plusSeconds(1), DAY))
                .isEqualTo(new Decision(new Leave(), new Suppress(SuppressedBecause.TOO_OLD)));
    }

    @Test
    void tellsNobodyAboutDecayAndOtherChanges() {
        assertThat(decide(with(regressed("d1"), TransitionKind.DECAYED), null).telling())
                .isEqualTo(new Suppress(SuppressedBecause.NOT_A_REGRESSION));
        assertThat(decide(with(regressed("d1"), TransitionKind.CHANGED), null).telling())
                .isEqualTo(new Suppress(SuppressedBecause.NOT_A_REGRESSION));
        assertThat(decide(with(regressed("d1"), TransitionKind.UNKNOWN), null).telling())
                .isEqualTo(new Suppress(SuppressedBecause.NOT_A_REGRESSION));
    }

    @Test
    void addsAFurtherRegressionToTheOpenEpisode() {
        var further = regressed(PAYMENTS, 3, "d2", Map.of(VULNERABILITIES, Outcome.FAIL, "has-runbook", Outcome.FAIL));

        assertThat(decide(further, episode(Told.TOLD, VULNERABILITIES)))
                .isEqualTo(
                        new Decision(new Keep(Set.of(VULNERABILITIES, "has-runbook")), new Tell(Direction.REGRESSION)));
    }

    @Test
    void tellsNobodyWhatBreaksAgainBeforeItsRecoveryIsTold() {
        assertThat(decide(regressed(PAYMENTS, 4, "d3", Map.of(VULNERABILITIES, Outcome.FAIL)), ending(Told.TOLD)))
                .isEqualTo(new Decision(
                        new GoOn(Set.of(VULNERABILITIES), UNDONE),
                        new Suppress(SuppressedBecause.BROKE_AGAIN_WITHIN_WAIT)));
    }

    @Test
    void tellsWhatMoreBreaksBeforeTheRecoveryIsTold() {
        var further = regressed(PAYMENTS, 4, "d3", Map.of(VULNERABILITIES, Outcome.FAIL, "has-runbook", Outcome.FAIL));
        var deeper = transition(
                PAYMENTS,
                4,
                TransitionKind.REGRESSED,
                "silver",
                null,
                Outcome.PASS,
                Map.of(VULNERABILITIES, Outcome.FAIL),
                dependabot("d3"));

        assertThat(decide(further, ending(Told.TOLD)))
                .isEqualTo(new Decision(
                        new GoOn(Set.of(VULNERABILITIES, "has-runbook"), UNDONE), new Tell(Direction.REGRESSION)));
        assertThat(decide(deeper, ending(Told.TOLD)))
                .isEqualTo(new Decision(new GoOn(Set.of(VULNERABILITIES), UNDONE), new Tell(Direction.REGRESSION)));
    }

    @Test
    void goesOnWhenAPartBreaksAgainBeforeItsRecoveryIsTold() {
        var partly = recovered(PAYMENTS, 3, "d2", Map.of(VULNERABILITIES, Outcome.PASS));
        var open = ending(Told.TOLD, true, Set.of("has-runbook"), Set.of(), partly);

        assertThat(decide(
                        regressed(
                                PAYMENTS,
                                4,
                                "d3",
                                Map.of(VULNERABILITIES, Outcome.FAIL, "has-runbook", Outcome.UNKNOWN)),
                        open))
                .isEqualTo(new Decision(
                        new GoOn(Set.of(VULNERABILITIES, "has-runbook"), UNDONE),
                        new Suppress(SuppressedBecause.BROKE_AGAIN_WITHIN_WAIT)));
    }

    @Test
    void beginsAnotherEpisodeWhenSomethingElseBreaksBeforeTheRecoveryIsTold() {
        assertThat(decide(regressed(PAYMENTS, 4, "d3", Map.of("has-runbook", Outcome.FAIL)), ending(Told.TOLD)))
                .isEqualTo(new Decision(new Open(Set.of("has-runbook")), new Tell(Direction.REGRESSION)));
    }

    @Test
    void tellsTheRegressionAfterADraftWhoseRecoveryWaitsToBeTold() {
        assertThat(decide(
                        regressed(PAYMENTS, 4, "d3", Map.of(VULNERABILITIES, Outcome.FAIL)),
                        ending(Told.NOT_TO_BE_TOLD)))
                .isEqualTo(new Decision(new Open(Set.of(VULNERABILITIES)), new Tell(Direction.REGRESSION)));
    }

    @Test
    void tellsWhatNobodyHeardOfWhenItBreaksAgainBeforeTheRecoveryIsTold() {
        var again = regressed(PAYMENTS, 4, "d3", Map.of(VULNERABILITIES, Outcome.FAIL));

        assertThat(decide(again, ending(Told.TOLD, false, Set.of(), Set.of(VULNERABILITIES), recovered("d2"))))
                .isEqualTo(new Decision(new GoOn(Set.of(VULNERABILITIES), UNDONE), new Tell(Direction.REGRESSION)));
    }

    @Test
    void takesBackTheLastRecoveriesThatWait() {
        var first = recovery(3, "bronze", "silver", VULNERABILITIES);
        var second = recovery(4, "silver", "gold", "has-runbook");
        var closed = ending(Told.TOLD, false, Set.of(), Set.of(), first, second);

        assertThat(decide(breaks("gold", "bronze", VULNERABILITIES, "has-runbook"), closed))
                .isEqualTo(new Decision(
                        new GoOn(Set.of(VULNERABILITIES, "has-runbook"), List.of(id(PAYMENTS, 3), id(PAYMENTS, 4))),
                        new Suppress(SuppressedBecause.BROKE_AGAIN_WITHIN_WAIT)));
        assertThat(decide(breaks("gold", "silver", "has-runbook"), closed))
                .isEqualTo(new Decision(
                        new GoOn(Set.of("has-runbook"), List.of(id(PAYMENTS, 4))),
                        new Suppress(SuppressedBecause.BROKE_AGAIN_WITHIN_WAIT)));
        assertThat(decide(breaks("gold", "silver", VULNERABILITIES), closed))
                .as("what followed on its recovery is told, and so is that it broke again")
                .isEqualTo(new Decision(new Open(Set.of(VULNERABILITIES)), new Tell(Direction.REGRESSION)));
    }

    private static Transition recovery(long version, String before, String after, String rule) {
        return transition(
                PAYMENTS,
                version,
                TransitionKind.RECOVERED,
                before,
                after,
                Outcome.FAIL,
                Map.of(rule, Outcome.PASS),
                dependabot("d" + version));
    }

    private static Transition breaks(String before, String after, String... rules) {
        return transition(
                PAYMENTS,
                5,
                TransitionKind.REGRESSED,
                before,
                after,
                Outcome.PASS,
                Arrays.stream(rules).collect(Collectors.toMap(rule -> rule, _ -> Outcome.FAIL)),
                dependabot("d5"));
    }

    /// Its recovery waits to be told.
    private static Episode ending(Told told) {
        return ending(told, false, Set.of(), Set.of(), recovered("d2"));
    }

    private static Episode ending(
            Told told, boolean open, Set<String> rules, Set<String> unheard, Transition... endings) {
        return new Episode(
                "e1",
                PAYMENTS,
                "production-readiness",
                rules,
                NOON,
                told == Told.NOT_TO_BE_TOLD ? null : "n1",
                told,
                open,
                List.of(endings),
                Set.of(),
                unheard);
    }

    @Test
    void tellsNobodyOfAFurtherRuleThatRecoversBeforeItIsTold() {
        var partly = recovered(PAYMENTS, 3, "d2", Map.of(VULNERABILITIES, Outcome.FAIL, "has-runbook", Outcome.PASS));
        var open = open(Told.TOLD, Set.of("has-runbook"), VULNERABILITIES, "has-runbook");

        assertThat(decide(partly, open))
                .isEqualTo(new Decision(
                        new Keep(Set.of(VULNERABILITIES)), new Suppress(SuppressedBecause.RECOVERED_WITHIN_WAIT)));
        assertThat(decide(partly, episode(Told.TOLD, VULNERABILITIES, "has-runbook")))
                .isEqualTo(new Decision(new Keep(Set.of(VULNERABILITIES)), new Tell(Direction.RECOVERY)));
    }

    @Test
    void tellsTheEndOfWhatWasHeardInPartAlthoughNobodyHeardOfTheLastRule() {
        assertThat(decide(recovered("d2"), open(Told.TOLD, Set.of(VULNERABILITIES), VULNERABILITIES)))
                .isEqualTo(new Decision(new Close(), new Tell(Direction.RECOVERY)));
    }

    @Test
    void tellsTheRecoveryOfWhatWasToldAndClosesTheEpisode() {
        assertThat(decide(recovered("d2"), episode(Told.TOLD, VULNERABILITIES)))
                .isEqualTo(new Decision(new Close(), new Tell(Direction.RECOVERY)));
    }

    @Test
    void endsIncidentsWithARecoveryThatNobodyIsToHearOf() {
        assertThat(Deciding.decide(recovered("d2"), episode(Told.TOLD, VULNERABILITIES), DAY.plusSeconds(1), DAY))
                .isEqualTo(new Decision(new Close(), new End(SuppressedBecause.TOO_OLD)));
        assertThat(decide(quiet(recovered("d2")), episode(Told.TOLD, VULNERABILITIES)))
                .isEqualTo(new Decision(new Close(), new End(SuppressedBecause.NOTIFY_OFF)));
        assertThat(decide(quiet(recovered("d2")), episode(Told.NOT_TO_BE_TOLD, VULNERABILITIES)))
                .isEqualTo(new Decision(new Close(), new Suppress(SuppressedBecause.NOTIFY_OFF)));
    }

    @Test
    void tellsARecoveryOfAPartAndKeepsTheEpisodeOpen() {
        var partly = recovered(PAYMENTS, 3, "d2", Map.of(VULNERABILITIES, Outcome.PASS, "has-runbook", Outcome.FAIL));

        assertThat(decide(partly, episode(Told.TOLD, VULNERABILITIES, "has-runbook")))
                .isEqualTo(new Decision(new Keep(Set.of("has-runbook")), new Tell(Direction.RECOVERY)));
    }

    @Test
    void tellsNobodyWhenRegressionAndRecoveryFallIntoTheSameWait() {
        assertThat(decide(recovered("d2"), episode(Told.WAITING, VULNERABILITIES)))
                .isEqualTo(new Decision(new Close(), new Suppress(SuppressedBecause.RECOVERED_WITHIN_WAIT)));
    }

    @Test
    void tellsNobodyAboutTheRecoveryOfWhatWasNeverTold() {
        assertThat(decide(recovered("d2"), null))
                .isEqualTo(new Decision(new Leave(), new Suppress(SuppressedBecause.NEVER_TOLD)));
    }

    @Test
    void doesNotCallItARecoveryWhenTheEvidenceIsGone() {
        var unknown =
                recovered(PAYMENTS, 3, "d2", Map.of(VULNERABILITIES, Outcome.UNKNOWN, "has-runbook", Outcome.PASS));

        assertThat(decide(unknown, episode(Told.TOLD, VULNERABILITIES)))
                .isEqualTo(new Decision(new Leave(), new Suppress(SuppressedBecause.NOT_RESOLVED)));
    }

    @Test
    void tellsTheRecoveryOfALostLevel() {
        assertThat(decide(recovered("d2"), episode(Told.TOLD)))
                .isEqualTo(new Decision(new Close(), new Tell(Direction.RECOVERY)));
    }

    @Test
    void countsALevelLostToStaleEvidenceAsBroken() {
        var lost = transition(
                PAYMENTS,
                2,
                TransitionKind.REGRESSED,
                "silver",
                "bronze",
                Outcome.PASS,
                Map.of("has-runbook", Outcome.STALE),
                dependabot("d1"));

        assertThat(decide(lost, null).episode()).isEqualTo(new Open(Set.of("has-runbook")));
    }

    @Test
    void tellsWhoHeardOfItThatAnEntityIsNoLongerJudgedHoweverLateAndWhateverTheScorecardWantsTold() {
        assertThat(Deciding.decide(
                        quiet(ended(recovered("d2"))), episode(Told.TOLD, VULNERABILITIES), DAY.plusSeconds(1), DAY))
                .isEqualTo(new Decision(new Close(), new Tell(Direction.RECOVERY)));
    }

    @Test
    void endsTheEpisodeSilentlyWhenTheEntityEndsBeforeAnybodyHeard() {
        for (var told : List.of(Told.WAITING, Told.NOT_TO_BE_TOLD)) {
            assertThat(decide(ended(recovered("d2")), episode(told, VULNERABILITIES)))
                    .isEqualTo(new Decision(new Close(), new Suppress(SuppressedBecause.BASELINE)));
        }
    }

    @Test
    void tellsWhoHeardOfItThatTheRuleIsGone() {
        for (var kind : List.of(TransitionKind.BASELINE, TransitionKind.CHANGED)) {
            var without = transition(PAYMENTS, 3, kind, "bronze", "silver", Outcome.FAIL, Map.of(), dependabot("d2"));

            assertThat(decide(without, episode(Told.TOLD, VULNERABILITIES)))
                    .isEqualTo(new Decision(new Close(), new Tell(Direction.RECOVERY)));
        }
    }

    @Test
    void forgetsAnUntoldEpisodeAtANewBaseline() {
        var published = with(regressed("d2"), TransitionKind.BASELINE);

        assertThat(decide(published, episode(Told.NOT_TO_BE_TOLD, VULNERABILITIES))
                        .episode())
                .isEqualTo(new Close());
        assertThat(decide(published, episode(Told.TOLD, VULNERABILITIES)).episode())
                .isEqualTo(new Leave());
    }

    private static Decision decide(Transition it, @Nullable Episode open) {
        return Deciding.decide(it, open, Duration.ZERO, DAY);
    }

    private static Episode episode(Told told, String... rules) {
        return open(told, Set.of(), rules);
    }

    /// @param waiting rules of which nobody heard yet
    private static Episode open(Told told, Set<String> waiting, String... rules) {
        return new Episode(
                "e1",
                PAYMENTS,
                "production-readiness",
                Set.of(rules),
                NOON,
                told == Told.NOT_TO_BE_TOLD ? null : "n1",
                told,
                true,
                List.of(),
                waiting,
                Set.of());
    }
}
