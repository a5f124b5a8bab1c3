package dev.muster.notifier;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.besides;
import static dev.muster.notifier.transition.Examples.dependabot;
import static dev.muster.notifier.transition.Examples.ended;
import static dev.muster.notifier.transition.Examples.named;
import static dev.muster.notifier.transition.Examples.quiet;
import static dev.muster.notifier.transition.Examples.reworded;
import static dev.muster.notifier.transition.Examples.transition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.ledger.Untold;
import dev.muster.notifier.pipeline.Closing;
import dev.muster.notifier.pipeline.Intake;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Several rules of one result that break and recover, each in its own time: no regression stays
/// unheard, and recoveries reach who heard of the regression.
class EpisodesTest {

    private static final String RUNBOOK = "has-runbook";
    private static final String OWNER = "has-owner";
    private static final List<String> LEVELS = List.of("gold", "silver", "bronze", "wood");

    private final Running notifier = Running.usual();
    private final Map<String, Outcome> rules =
            new TreeMap<>(Map.of(VULNERABILITIES, Outcome.PASS, RUNBOOK, Outcome.PASS, OWNER, Outcome.PASS));
    private List<String> levels = LEVELS;
    private int version = 1;

    @Test
    void tellsAtOnceWhatBreaksWhileAnotherRuleFlaps() {
        breaks(RUNBOOK);
        flips(VULNERABILITIES, 8);
        passes(Duration.ofSeconds(30));

        assertThat(messages()).containsExactly("REGRESSION has-runbook PASS → FAIL");

        passes(Duration.ofMinutes(11));
        assertThat(messages()).as("the other one is good in the end").hasSize(1);
    }

    @Test
    void tellsThatARuleIsBrokenThatBrokeTogetherWithOneThatFlaps() {
        breaks(VULNERABILITIES, RUNBOOK);
        for (var i = 0; i < 5; i++) {
            flip(VULNERABILITIES);
            notifier.clock.pass(Duration.ofSeconds(1));
        }
        assertThat(rules).containsEntry(VULNERABILITIES, Outcome.PASS);
        passes(Duration.ofMinutes(11));

        assertThat(messages()).containsExactly("REGRESSION has-runbook PASS → FAIL");
    }

    @Test
    void tellsThatARuleThatFlapsIsBrokenInTheEndAlthoughAnotherOneBrokeMeanwhile() {
        flapsAfterItWasTold();
        breaks(RUNBOOK);
        passes(Duration.ofSeconds(40));
        breaks(VULNERABILITIES);
        passes(Duration.ofMinutes(11));

        assertThat(messages())
                .containsExactly(
                        "REGRESSION has-owner PASS → FAIL",
                        "REGRESSION max-known-vulnerabilities PASS → FAIL",
                        "RECOVERY max-known-vulnerabilities FAIL → PASS",
                        "REGRESSION has-runbook PASS → FAIL",
                        "REGRESSION max-known-vulnerabilities PASS → FAIL");
    }

    @Test
    void tellsThatARuleThatFlapsIsBrokenInTheEndAlthoughAllElseRecoveredMeanwhile() {
        flapsAfterItWasTold();
        recovers(OWNER);
        passes(Duration.ofSeconds(40));
        breaks(VULNERABILITIES);
        passes(Duration.ofMinutes(11));

        assertThat(messages()).hasSize(5);
        assertThat(messages().getLast()).isEqualTo("REGRESSION max-known-vulnerabilities PASS → FAIL");
    }

    @Test
    void saysNothingOfARuleThatFlapsAndIsGoodInTheEndWhenAllElseRecoveredMeanwhile() {
        flapsAfterItWasTold();
        recovers(OWNER);
        passes(Duration.ofMinutes(11));

        assertThat(messages()).hasSize(4);
        assertThat(messages().getLast()).isEqualTo("RECOVERY has-owner FAIL → PASS");
    }

    /// Another rule is broken, as was told; that this one broke and recovered was told, too, and then it
    /// broke and recovered again. The level is lost all the time.
    private void flapsAfterItWasTold() {
        levels = List.of("gold", "wood");
        breaks(OWNER);
        passes(Duration.ofMinutes(2));
        breaks(VULNERABILITIES);
        passes(Duration.ofSeconds(40));
        recovers(VULNERABILITIES);
        passes(Duration.ofSeconds(40));
        breaks(VULNERABILITIES);
        passes(Duration.ofSeconds(10));
        recovers(VULNERABILITIES);
        passes(Duration.ofSeconds(10));
    }

    @Test
    void tellsTheRecoveryOfARuleOfWhichOnlyTheWordsChangedWhenAnotherOneBroke() {
        breaks(VULNERABILITIES);
        passes(Duration.ofMinutes(2));
        notifier.hears(reworded(turn(true, RUNBOOK), VULNERABILITIES, Outcome.FAIL));
        passes(Duration.ofSeconds(10));
        recovers(VULNERABILITIES);
        passes(Duration.ofSeconds(25));
        passes(Duration.ofMinutes(2));

        assertThat(messages())
                .containsExactly(
                        "REGRESSION max-known-vulnerabilities PASS → FAIL",
                        "REGRESSION has-runbook PASS → FAIL",
                        "RECOVERY max-known-vulnerabilities FAIL → PASS");
    }

    @Test
    void holdsBackAThirdMessageAlthoughTheWordsOfAnotherRuleChangeWithIt() {
        breaks(VULNERABILITIES);
        passes(Duration.ofSeconds(40));
        recovers(VULNERABILITIES);
        passes(Duration.ofSeconds(40));
        notifier.hears(reworded(turn(true, VULNERABILITIES), RUNBOOK, Outcome.PASS));
        passes(Duration.ofMinutes(1));

        assertThat(messages()).hasSize(2);
    }

    @Test
    void tellsAtOnceWhatBreaksWhileTheWordsOfAnotherRuleChangeAllTheTime() {
        for (var i = 0; i < 6; i++) {
            notifier.hears(reworded(turn(i % 2 == 0, VULNERABILITIES), RUNBOOK, Outcome.PASS));
            notifier.clock.pass(Duration.ofSeconds(1));
        }
        notifier.hears(reworded(turn(true, OWNER), RUNBOOK, Outcome.PASS));
        passes(Duration.ofSeconds(30));

        assertThat(messages()).containsExactly("REGRESSION has-owner PASS → FAIL");
    }

    @Test
    void tellsNoRecoveryOfWhatNobodyHeardOf() {
        breaksTwiceAndRecoversOnceUnheard();
        recovers(RUNBOOK);
        passes(Duration.ofMinutes(2));

        assertThat(messages()).isEmpty();
        assertThat(episodes()).containsExactly("[] closed");
    }

    @Test
    void doesNotSayThatNobodyJudgesAnyMoreWhatNobodyHeardOf() {
        breaksTwiceAndRecoversOnceUnheard();
        notifier.hears(ended(turn(false, RUNBOOK)));
        passes(Duration.ofMinutes(2));

        assertThat(messages()).isEmpty();
        assertThat(episodes()).containsExactly("[] closed");
    }

    /// The message that would have told the first rule is over, and that of the second one waits.
    private void breaksTwiceAndRecoversOnceUnheard() {
        breaks(VULNERABILITIES);
        passes(Duration.ofSeconds(20));
        breaks(RUNBOOK);
        passes(Duration.ofSeconds(5));
        recovers(VULNERABILITIES);
        passes(Duration.ofSeconds(10));
        assertThat(episodes()).containsExactly("[\"has-runbook\"] open");
    }

    @Test
    void takesBackARecoveryOfWhichAllBreaksAgainAfterAnotherRuleBroke() {
        breaks(VULNERABILITIES);
        passes(Duration.ofSeconds(31));
        recovers(VULNERABILITIES);
        breaks(RUNBOOK);
        breaks(VULNERABILITIES, OWNER);
        passes(Duration.ofMinutes(2));

        assertThat(messages())
                .containsExactlyInAnyOrder(
                        "REGRESSION max-known-vulnerabilities PASS → FAIL",
                        "REGRESSION has-runbook PASS → FAIL",
                        "REGRESSION has-owner PASS → FAIL, max-known-vulnerabilities PASS → FAIL");
        assertThat(reasons()).containsExactly("none", "BROKE_AGAIN_WITHIN_WAIT", "none", "none");
    }

    @Test
    void takesBackOnlyTheRecoveryThatIsNoLongerSoOfTwoThatWait() {
        breaks(VULNERABILITIES, RUNBOOK);
        passes(Duration.ofSeconds(31));
        recovers(VULNERABILITIES);
        recovers(RUNBOOK);
        breaks(VULNERABILITIES, OWNER);
        passes(Duration.ofMinutes(2));

        assertThat(messages())
                .containsExactlyInAnyOrder(
                        "REGRESSION has-runbook PASS → FAIL, max-known-vulnerabilities PASS → FAIL",
                        "RECOVERY has-runbook FAIL → PASS",
                        "REGRESSION has-owner PASS → FAIL, max-known-vulnerabilities PASS → FAIL");
    }

    @Test
    void tellsWhatBrokeUnheardInADraftAlthoughItEndsAsItBeganTogetherWithARuleThatFlaps() {
        levels = List.of("gold", "wood");
        breaks(OWNER);
        passes(Duration.ofMinutes(2));
        breaks(VULNERABILITIES);
        passes(Duration.ofSeconds(30));
        passes(Duration.ofMinutes(11));
        recovers(VULNERABILITIES);
        passes(Duration.ofMinutes(1));
        breaks(VULNERABILITIES);
        passes(Duration.ofMinutes(1));
        notifier.hears(quiet(turn(true, RUNBOOK)));
        flips(VULNERABILITIES, 2);
        recovers(VULNERABILITIES, RUNBOOK);
        passes(Duration.ofSeconds(10));
        breaks(VULNERABILITIES, RUNBOOK);
        passes(Duration.ofMinutes(11));

        assertThat(messages()).hasSize(5);
        assertThat(messages().getLast()).startsWith("REGRESSION").contains("has-runbook");
    }

    @Test
    void tellsWhatBrokeAndRecoveredUnheardWhenItBreaksAgainWithWhatWasHeard() {
        breaks(VULNERABILITIES);
        passes(Duration.ofMinutes(2));
        breaks(RUNBOOK);
        recovers(VULNERABILITIES, RUNBOOK);
        breaks(VULNERABILITIES, RUNBOOK);
        passes(Duration.ofMinutes(2));

        assertThat(messages()).hasSize(2);
        assertThat(messages().getLast()).startsWith("REGRESSION").contains("has-runbook PASS → FAIL");
    }

    @Test
    void tellsWhatBrokeUnheardInADraftWhenItBreaksAgainWithWhatWasHeard() {
        breaks(VULNERABILITIES);
        passes(Duration.ofMinutes(2));
        notifier.hears(quiet(turn(true, RUNBOOK)));
        passes(Duration.ofMinutes(2));
        recovers(VULNERABILITIES, RUNBOOK);
        breaks(VULNERABILITIES, RUNBOOK);
        passes(Duration.ofMinutes(2));

        assertThat(messages()).hasSize(2);
        assertThat(messages().getLast()).startsWith("REGRESSION").contains("has-runbook PASS → FAIL");
    }

    @Test
    void tellsNobodyOfRulesThatRecoveredOneAfterTheOtherAndBrokeAgainTogether() {
        breaks(VULNERABILITIES, RUNBOOK);
        passes(Duration.ofMinutes(2));
        recovers(VULNERABILITIES);
        recovers(RUNBOOK);
        breaks(VULNERABILITIES, RUNBOOK);
        passes(Duration.ofMinutes(2));

        assertThat(messages())
                .as("it is as it was told")
                .containsExactly("REGRESSION has-runbook PASS → FAIL, max-known-vulnerabilities PASS → FAIL");

        recovers(VULNERABILITIES, RUNBOOK);
        passes(Duration.ofMinutes(2));
        assertThat(messages()).hasSize(2);
        assertThat(messages().getLast()).startsWith("RECOVERY");
    }

    @Test
    void tellsTheRecoveryThatLastsOfTwoThatWait() {
        breaks(VULNERABILITIES, RUNBOOK);
        passes(Duration.ofMinutes(2));
        recovers(VULNERABILITIES);
        recovers(RUNBOOK);
        breaks(RUNBOOK);
        passes(Duration.ofMinutes(2));

        assertThat(messages()).hasSize(2);
        assertThat(messages().getLast()).isEqualTo("RECOVERY max-known-vulnerabilities FAIL → PASS");
    }

    @Test
    void saysNothingOfAFurtherRuleThatRecoversWhileItsMessageWaits() {
        breaks(VULNERABILITIES);
        passes(Duration.ofMinutes(2));
        breaks(RUNBOOK);
        passes(Duration.ofSeconds(10));
        recovers(RUNBOOK);
        passes(Duration.ofMinutes(2));

        assertThat(messages()).containsExactly("REGRESSION max-known-vulnerabilities PASS → FAIL");
        assertThat(reasons()).containsExactly("none", "RECOVERED_WITHIN_WAIT", "RECOVERED_WITHIN_WAIT");

        recovers(VULNERABILITIES);
        passes(Duration.ofMinutes(2));
        assertThat(messages()).hasSize(2);
        assertThat(messages().getLast()).isEqualTo("RECOVERY max-known-vulnerabilities FAIL → PASS");
    }

    @Test
    void tellsTheRecoveryOfWhatWasHeardWithoutTheFurtherRuleThatRecoversWithIt() {
        breaks(VULNERABILITIES, OWNER);
        passes(Duration.ofMinutes(2));
        breaks(RUNBOOK);
        recovers(VULNERABILITIES, RUNBOOK);
        passes(Duration.ofMinutes(2));

        assertThat(messages()).hasSize(2);
        assertThat(messages().getLast()).startsWith("RECOVERY").contains("max-known-vulnerabilities FAIL → PASS");
    }

    @Test
    void keepsWhatElseAMessageTellsOfWhichOneRuleRecovers() {
        breaks(VULNERABILITIES);
        passes(Duration.ofMinutes(2));
        breaks(RUNBOOK, OWNER);
        recovers(RUNBOOK);
        passes(Duration.ofMinutes(2));

        assertThat(messages())
                .containsExactly(
                        "REGRESSION max-known-vulnerabilities PASS → FAIL", "REGRESSION has-owner PASS → FAIL");
    }

    @Test
    void remembersAnEpisodeThatNobodyIsToHearOfAndWritesEachTransitionDownOnce() {
        var broke = quiet(turn(true, VULNERABILITIES, RUNBOOK));
        assertThat(notifier.bean(Intake.class).accept(broke, NOON)).isTrue();
        assertThat(notifier.bean(Intake.class).accept(broke, NOON)).as("again").isFalse();
        assertThat(episodes()).containsExactly("[\"has-runbook\", \"max-known-vulnerabilities\"] open");
        notifier.hears(quiet(turn(false, RUNBOOK)));
        assertThat(episodes()).containsExactly("[\"max-known-vulnerabilities\"] open");
        notifier.hears(quiet(turn(false, VULNERABILITIES)));
        assertThat(episodes()).containsExactly("[] closed");

        assertThat(reasons()).containsOnly("NOTIFY_OFF").hasSize(3);
        assertThat(notifier.receipts())
                .containsOnly("none/none SUPPRESSED NOTIFY_OFF")
                .hasSize(3);
        assertThat(notifier.db()
                        .sql("select level || ' ' || version from scored")
                        .query(String.class)
                        .list())
                .containsExactly("gold 4");
        assertThat(notifier.db()
                        .sql(
                                "select distinct owner || ' ' || (episode_id = (select id from episodes)) from transitions")
                        .query(String.class)
                        .list())
                .containsExactly(TEAM + " true");
    }

    @Test
    void leavesAnEpisodeOfWhichSomebodyIsToHearSinceItWasReadAsItIs() {
        notifier.hears(quiet(turn(true, VULNERABILITIES, RUNBOOK)));
        var late = quiet(turn(false, VULNERABILITIES));
        var untold = notifier.bean(Untold.class);
        var read = untold.know(late).orElseThrow().open();
        breaks(OWNER);

        assertThat(untold.keep(late, TEAM, read, Set.of(RUNBOOK), SuppressedBecause.NOTIFY_OFF, null, NOON))
                .isFalse();
        assertThat(untold.close(late, TEAM, read, SuppressedBecause.NOTIFY_OFF, null, NOON))
                .isFalse();
        assertThat(episodes()).containsExactly("[\"has-owner\", \"has-runbook\"] open");
        assertThat(reasons()).containsExactly("NOTIFY_OFF", "none");
    }

    @Test
    void tellsTheRecoveryOfWhatBrokeInADraftThatWasPublishedSince() {
        notifier.hears(quiet(turn(true, VULNERABILITIES)));
        recovers(VULNERABILITIES);
        passes(Duration.ofMinutes(2));

        assertThat(messages()).containsExactly("RECOVERY max-known-vulnerabilities FAIL → PASS");
    }

    @Test
    void withdrawsWhatWaitsWhenNobodyIsToHearThatItRecovers() {
        breaks(VULNERABILITIES);
        notifier.hears(quiet(turn(false, VULNERABILITIES)));
        passes(Duration.ofMinutes(2));

        assertThat(messages()).isEmpty();
        assertThat(episodes()).containsExactly("[] closed");
    }

    private List<String> episodes() {
        return notifier.db()
                .sql("""
                        select (select jsonb_agg(rule order by rule #>> '{}') from jsonb_array_elements(rules) as rule)::text,
                            rules::text, closed_at is null from episodes
                        """)
                .query((row, _) -> (row.getString(1) == null ? row.getString(2) : row.getString(1))
                        + (row.getBoolean(3) ? " open" : " closed"))
                .list();
    }

    private void flips(String rule, int times) {
        for (var i = 0; i < times; i++) {
            flip(rule);
            notifier.clock.pass(Duration.ofSeconds(1));
        }
    }

    private void flip(String rule) {
        notifier.hears(turn(rules.get(rule) == Outcome.PASS, rule));
    }

    private void breaks(String... which) {
        notifier.hears(turn(true, which));
    }

    private void recovers(String... which) {
        notifier.hears(turn(false, which));
    }

    private Transition turn(boolean breaks, String... which) {
        var before = level();
        var changed =
                Arrays.stream(which).collect(Collectors.toMap(rule -> rule, _ -> breaks ? Outcome.FAIL : Outcome.PASS));
        rules.putAll(changed);
        version++;
        var it = transition(
                PAYMENTS,
                version,
                breaks ? TransitionKind.REGRESSED : TransitionKind.RECOVERED,
                before,
                level(),
                breaks ? Outcome.PASS : Outcome.FAIL,
                changed,
                dependabot("d" + version));
        for (var other : rules.entrySet()) {
            if (!changed.containsKey(other.getKey())) {
                it = besides(it, other.getKey(), other.getValue());
            }
        }
        return named(it);
    }

    /// One lower for each rule that fails.
    private String level() {
        var failing =
                (int) rules.values().stream().filter(it -> it == Outcome.FAIL).count();
        return levels.get(Math.min(failing, levels.size() - 1));
    }

    private void passes(Duration time) {
        notifier.clock.pass(time);
        while (notifier.bean(Closing.class).closeOne()) {}
        notifier.sends();
    }

    /// Messages that left, with what they say of rules.
    private List<String> messages() {
        return notifier.db().sql("""
                        select content ->> 'direction' || ' ' || coalesce((
                            select string_agg(rule ->> 'title' || ' ' || (rule ->> 'change'), ', ' order by rule ->> 'title')
                            from jsonb_path_query(content, '$.items[*].rules[*]') as rule), '')
                        from notifications where state = 'READY' order by closed_at
                        """).query(String.class).list();
    }

    private List<String> reasons() {
        return notifier.db()
                .sql("select coalesce(reason, 'none') from transitions order by version")
                .query(String.class)
                .list();
    }
}
