package dev.muster.engine.replay;

import static dev.muster.engine.replay.Told.REPO;
import static dev.muster.engine.replay.Told.at;
import static dev.muster.engine.rule.A.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.result.Result;
import dev.muster.engine.rule.A;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.engine.rule.EntityView;
import dev.muster.engine.rule.ScorecardCompiler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// What a replay says of an instant is what judging live said then: of facts, exemptions and attestations, entities,
/// claims and versions of the scorecard that come, change and go.
///
/// Times are few, so that deadlines and records fall on one instant all the time.
class AsOfTest {

    private static final int END = 40;
    private static final String SHARED = "repo:github.com/acme/shared";
    private static final String SELF = "entity:component:default/payments";
    private static final String PAYMENTS = "component:default/payments";
    private static final EntityView LEDGER = ReplayTest.named("ledger", "service");

    private static final ScorecardDefinition FIRST = A.scorecard(
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
                    .build());

    /// Another order, another limit, a rule that is new and one that is gone, and not for everybody.
    private static final ScorecardDefinition SECOND = new ScorecardDefinition(
            "readiness",
            "Readiness",
            null,
            null,
            "entity.tier <= 2",
            List.of("silver", "gold"),
            true,
            true,
            false,
            List.of(
                    rule("running", "replicas >= 1").level("silver").build(),
                    rule("covered", "coverage.newCode >= 75.0").level("silver").build(),
                    rule("exists", "runbook.exists").level("gold").build(),
                    rule("in-time", "!vulnerabilities.exists(v, overdue(v.openedAt, duration('0.005s')))")
                            .level("silver")
                            .message("string(vulnerabilities.size())")
                            .build()));

    private static final List<CompiledScorecard> VERSIONS =
            List.of(compiled(FIRST, 1), compiled(SECOND, 2), compiled(FIRST, 3));

    private static CompiledScorecard compiled(ScorecardDefinition definition, int version) {
        return new ScorecardCompiler(A.CATALOGUE).compile(definition, version);
    }

    @Property(tries = 300)
    void aReplayEqualsJudgingLiveAtEveryInstant(
            @ForAll("histories") List<Event> history, @ForAll("beginnings") Instant since) {
        var live = new Live(since);
        var replay = replay(since, new Heard());
        var next = 0;
        for (var millis = -1; millis <= END; millis++) {
            live.look(at(millis)); // the clock, before what becomes known at the same instant
            while (next < history.size() && !history.get(next).at().isAfter(at(millis))) {
                live.hear(history.get(next));
                history.get(next++).tell(replay);
            }
            replay.advance(at(millis));
            if (!at(millis).isBefore(since)) {
                assertThat(replay.results()).as("+%d", millis).isEqualTo(live.results());
            }
        }
    }

    @Property(tries = 100)
    void whereTheHistoryIsSplitMakesNoDifference(
            @ForAll("histories") List<Event> history, @ForAll("instants") List<Integer> stops) {
        var whole = new Heard();
        var parts = new Heard();
        var inOneGo = replay(at(5), whole);
        history.forEach(it -> it.tell(inOneGo));
        inOneGo.advance(at(END));

        var stopping = replay(at(5), parts);
        for (var told : history) {
            stops.stream()
                    .sorted()
                    .map(Told::at)
                    .filter(it -> it.isBefore(told.at()))
                    .forEach(stopping::advance);
            told.tell(stopping);
            told.tell(stopping);
        }
        stopping.advance(at(END));

        assertThat(parts.changes).isEqualTo(whole.changes);
        assertThat(parts.first).isEqualTo(whole.first);
        assertThat(parts.ends).isEqualTo(whole.ends);
        assertThat(stopping.results()).isEqualTo(inOneGo.results());
    }

    @Property(tries = 100)
    void theTransitionsOfAnEntityAreAChainFromItsFirstResultToItsLast(@ForAll("histories") List<Event> history) {
        var heard = new Heard();
        var replay = replay(Instant.MIN, heard);
        history.forEach(it -> it.tell(replay));
        replay.advance(at(END));

        var standing = new HashMap<String, List<Object>>();
        heard.all.forEach(it ->
                assertThat(standing.put(it.entity(), standing(it.after()))).isEqualTo(standing(it.before())));
        standing.values().removeIf(Objects::isNull);
        assertThat(standing.keySet()).isEqualTo(replay.results().keySet());
        replay.results().forEach((entity, it) -> assertThat(standing(it)).isEqualTo(standing.get(entity)));
    }

    private static List<Object> standing(Result result) {
        var all = new ArrayList<Object>();
        if (result != null) {
            result.rules().forEach(it -> all.addAll(List.of(it.rule(), it.outcome(), it.message(), it.since())));
            all.add(result.score());
            all.add(result.coverage());
        }
        return all.isEmpty() ? null : all;
    }

    private static Replay replay(Instant since, Heard heard) {
        return new Replay(A.CATALOGUE, new Wanted(_ -> true, _ -> true), since, heard);
    }

    /// Mostly something is there from the beginning.
    @Provide
    Arbitrary<List<Event>> histories() {
        var usual = List.<Event>of(
                new Event.Publication(at(-1), VERSIONS.getFirst()),
                new Event.Declaration(at(-1), new Claimant(A.entity(), Set.of(REPO, SHARED, SELF))),
                new Event.Declaration(at(-1), new Claimant(LEDGER, Set.of(SHARED))));
        var events = Arbitraries.frequencyOf(Tuple.of(6, facts()), Tuple.of(2, entities()), Tuple.of(1, scorecards()))
                .list()
                .ofMaxSize(30);
        return Combinators.combine(Arbitraries.integers().between(0, usual.size()), events)
                .as((some, all) -> {
                    var history = new ArrayList<>(usual.subList(0, some));
                    all.stream().sorted(Comparator.comparing(Event::at)).forEach(history::add);
                    return history;
                });
    }

    private static Arbitrary<Event> entities() {
        var claims = Arbitraries.of(REPO, SHARED, SELF).set();
        var declared = Combinators.combine(millis(), Arbitraries.of(1, 2, 3), claims)
                .as((at, tier, all) -> (Event) new Event.Declaration(at(at), new Claimant(A.entity(tier), all)));
        var ledger = Combinators.combine(millis(), claims)
                .as((at, all) -> (Event) new Event.Declaration(at(at), new Claimant(LEDGER, all)));
        var deleted = Combinators.combine(millis(), Arbitraries.of(PAYMENTS, LEDGER.ref()))
                .as((at, ref) -> (Event) new Event.Deletion(at(at), ref));
        return Arbitraries.oneOf(declared, declared, ledger, deleted);
    }

    private static Arbitrary<Event> scorecards() {
        var published = Combinators.combine(millis(), Arbitraries.of(VERSIONS))
                .as((at, version) -> (Event) new Event.Publication(at(at), version));
        return Arbitraries.oneOf(published, published, published, millis().map(at -> new Event.Withdrawal(at(at))));
    }

    private static Arbitrary<Event> facts() {
        var late = Arbitraries.integers().between(0, 6);
        var subject = Arbitraries.of(REPO, SHARED);
        var items = Arbitraries.of("v1", "v2");
        var numbers = Arbitraries.integers().between(0, 4);
        var rules = Arbitraries.of("covered", "running", "in-time", "exists", "readiness/runbook");
        var scalar = Combinators.combine(millis(), late, subject, numbers, Arbitraries.of("coverage", "replicas"))
                .as((at, age, of, n, fact) -> Told.set(
                        at, at - age, of, fact, fact.equals("replicas") ? "" + n : "{\"newCode\":" + n * 25 + ".0}"));
        var runbook = Combinators.combine(millis(), late, subject)
                .as((at, age, of) -> Told.set(
                        at,
                        at - age,
                        of,
                        "runbook",
                        "{\"exists\":true,\"confirmedAt\":\"" + at((long) at - age) + "\"}"));
        var found = Combinators.combine(millis(), late, subject, items)
                .as((at, age, of, item) -> Told.upsert(
                        at,
                        at - age,
                        of,
                        "vulnerabilities",
                        item,
                        "{\"severity\":\"high\",\"openedAt\":\"" + at((long) at - age) + "\"}"));
        var gone = Combinators.combine(millis(), late, subject, items)
                .as((at, age, of, item) -> Told.remove(at, at - age, of, "vulnerabilities", item));
        var exempted = Combinators.combine(millis(), rules, numbers)
                .as((at, rule, n) -> Told.upsert(
                        at,
                        at,
                        SELF,
                        "exemptions",
                        rule,
                        "{\"rule\":\"%s\",\"state\":\"approved\",\"reason\":\"r\",\"approvedBy\":\"b\",\"expires\":\"%s\"}"
                                .formatted(rule, at(at + 3L * n))));
        var attested = Combinators.combine(millis(), rules, numbers)
                .as((at, rule, n) -> Told.upsert(
                        at,
                        at,
                        SELF,
                        "attestations",
                        rule,
                        "{\"rule\":\"%s\",\"by\":\"b\",\"at\":\"%s\",\"expires\":\"%s\"}"
                                .formatted(rule, at(at), at(at + 4L * n))));
        return Arbitraries.oneOf(scalar, scalar, runbook, found, gone, exempted, attested)
                .map(it -> new Event.Fact(it.at(), it.subject(), it.change()));
    }

    private static Arbitrary<Integer> millis() {
        return Arbitraries.integers().between(0, END);
    }

    @Provide
    Arbitrary<List<Integer>> instants() {
        return Arbitraries.integers().between(0, END).list().ofMaxSize(10);
    }

    @Provide
    Arbitrary<Instant> beginnings() {
        return Arbitraries.of(Instant.MIN, at(5));
    }
}
