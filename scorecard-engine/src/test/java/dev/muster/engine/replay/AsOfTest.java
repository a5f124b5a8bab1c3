package dev.muster.engine.replay;

import static dev.muster.engine.replay.Told.REPO;
import static dev.muster.engine.replay.Told.at;
import static dev.muster.engine.rule.A.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.result.Result;
import dev.muster.engine.rule.A;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.engine.rule.ScorecardCompiler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What a replay says of an instant is what judging live said then.
///
/// Live is done the expensive way: every millisecond and after every record, all rules on all facts, without timers.
/// Times are few, so that deadlines and records fall on one instant all the time.
class AsOfTest {

    private static final int SINCE = 5;
    private static final int END = 40;
    private static final String SHARED = "repo:github.com/acme/shared";

    private static final CompiledScorecard SCORECARD = new ScorecardCompiler(A.CATALOGUE)
            .compile(
                    A.scorecard(
                            rule("covered", "coverage.newCode >= 50.0")
                                    .fresh(Duration.ofMillis(9))
                                    .build(),
                            rule("running", "replicas >= 2").level("silver").build(),
                            rule("in-time", "!vulnerabilities.exists(v, overdue(v.openedAt, duration('0.007s')))")
                                    .warn("vulnerabilities.exists(v, overdue(v.openedAt, duration('0.003s')))")
                                    .message("string(vulnerabilities.size())")
                                    .build(),
                            rule("runbook", "within(runbook.confirmedAt, duration('0.012s'))")
                                    .effectiveFrom(at(15).toString())
                                    .build()),
                    1);

    private static final List<Claimant> ENTITIES = List.of(
            new Claimant(A.entity(), Set.of(REPO, SHARED)),
            new Claimant(ReplayTest.named("ledger", "service"), Set.of(SHARED)));

    @Property(tries = 150)
    void aReplayEqualsJudgingLiveAtEveryInstant(@ForAll("histories") List<Told> history) {
        var live = new TreeMap<String, SortedMap<String, FactState>>();
        var results = new TreeMap<String, Result>();
        var replay = replay();
        var next = 0;
        for (var millis = 0; millis <= END; millis++) {
            judge(live, millis, results); // the clock, before what becomes known at the same instant
            while (next < history.size() && !history.get(next).at().isAfter(at(millis))) {
                var told = history.get(next++);
                replay.take(told.at(), told.subject(), told.change());
                live.computeIfAbsent(told.subject(), _ -> new TreeMap<>())
                        .compute(told.change().fact(), (_, state) -> Registers.apply(state, told.change(), 5000));
                judge(live, millis, results);
            }
            replay.advance(at(millis));
            assertThat(replay.results().keySet()).isEqualTo(results.keySet());
            results.forEach((entity, result) -> same(replay.results().get(entity), result));
        }
    }

    /// All rules, as if each had been touched: nothing is carried over but since when.
    private static void judge(
            SortedMap<String, SortedMap<String, FactState>> live, int millis, SortedMap<String, Result> results) {
        if (millis < SINCE) {
            return;
        }
        for (var it : ENTITIES) {
            var ref = it.entity().ref();
            var before = results.get(ref);
            results.put(ref, SCORECARD.evaluate(it.entity(), facts(it, live), at(millis), before, SCORECARD.rules()));
        }
    }

    @Property(tries = 100)
    void whereTheHistoryIsSplitMakesNoDifference(
            @ForAll("histories") List<Told> history, @ForAll("instants") List<Integer> stops) {
        var whole = new Heard();
        var parts = new Heard();
        var inOneGo = replay(whole);
        history.forEach(it -> inOneGo.take(it.at(), it.subject(), it.change()));
        inOneGo.advance(at(END));

        var stopping = replay(parts);
        for (var told : history) {
            stops.stream()
                    .sorted()
                    .map(Told::at)
                    .filter(it -> it.isBefore(told.at()))
                    .forEach(stopping::advance);
            stopping.take(told.at(), told.subject(), told.change());
            stopping.take(told.at(), told.subject(), told.change());
        }
        stopping.advance(at(END));

        assertThat(parts.changes).isEqualTo(whole.changes);
        assertThat(parts.first).isEqualTo(whole.first);
        assertThat(stopping.results()).isEqualTo(inOneGo.results());
    }

    @Property(tries = 100)
    void theTransitionsOfAnEntityAreAChainFromItsFirstResultToItsLast(@ForAll("histories") List<Told> history) {
        var heard = new Heard();
        var replay = replay(heard);
        history.forEach(it -> replay.take(it.at(), it.subject(), it.change()));
        replay.advance(at(END));

        for (var first : heard.first) {
            var standing = first;
            for (var change : heard.changes) {
                if (change.entity().equals(first.entity())) {
                    assertThat(standing(change.before())).isEqualTo(standing(standing));
                    standing = change.after();
                }
            }
            assertThat(standing(replay.results().get(first.entity()))).isEqualTo(standing(standing));
        }
    }

    private static List<Object> standing(Result result) {
        var all = new ArrayList<Object>();
        result.rules().forEach(it -> all.addAll(List.of(it.rule(), it.outcome(), it.message(), it.since())));
        all.add(result.score());
        all.add(result.coverage());
        return all;
    }

    private static void same(Result replayed, Result live) {
        assertThat(replayed.rules()).isEqualTo(live.rules());
        assertThat(replayed.level()).isEqualTo(live.level());
        assertThat(replayed.score()).isEqualTo(live.score());
        assertThat(replayed.coverage()).isEqualTo(live.coverage());
        assertThat(replayed.nextChangeAt()).isEqualTo(live.nextChangeAt());
    }

    private static Replay replay() {
        return replay(new Heard());
    }

    private static Replay replay(Heard heard) {
        return new Replay(SCORECARD, A.CATALOGUE, ENTITIES, at(SINCE), heard);
    }

    private static Facts facts(Claimant entity, SortedMap<String, SortedMap<String, FactState>> live) {
        return fact -> entity.subjects().stream()
                .sorted(Comparator.naturalOrder())
                .filter(it -> live.containsKey(it) && live.get(it).containsKey(fact))
                .map(it -> new SubjectFact(it, live.get(it).get(fact)))
                .toList();
    }

    @Provide
    Arbitrary<List<Told>> histories() {
        var millis = Arbitraries.integers().between(0, END);
        var late = Arbitraries.integers().between(0, 6);
        var subject = Arbitraries.of(REPO, SHARED);
        var items = Arbitraries.of("v1", "v2");
        var numbers = Arbitraries.integers().between(0, 4);
        var scalar = Combinators.combine(millis, late, subject, numbers, Arbitraries.of("coverage", "replicas"))
                .as((at, age, of, n, fact) -> Told.set(
                        at, at - age, of, fact, fact.equals("replicas") ? "" + n : "{\"newCode\":" + n * 25 + ".0}"));
        var runbook = Combinators.combine(millis, late, subject)
                .as((at, age, of) -> Told.set(
                        at,
                        at - age,
                        of,
                        "runbook",
                        "{\"exists\":true,\"confirmedAt\":\"" + at((long) at - age) + "\"}"));
        var found = Combinators.combine(millis, late, subject, items)
                .as((at, age, of, item) -> Told.upsert(
                        at,
                        at - age,
                        of,
                        "vulnerabilities",
                        item,
                        "{\"severity\":\"high\",\"openedAt\":\"" + at((long) at - age) + "\"}"));
        var gone = Combinators.combine(millis, late, subject, items)
                .as((at, age, of, item) -> Told.remove(at, at - age, of, "vulnerabilities", item));
        return Arbitraries.oneOf(scalar, scalar, runbook, found, gone)
                .list()
                .ofMaxSize(25)
                .map(all -> all.stream().sorted(Comparator.comparing(Told::at)).toList());
    }

    @Provide
    Arbitrary<List<Integer>> instants() {
        return Arbitraries.integers().between(0, END).list().ofMaxSize(10);
    }
}
