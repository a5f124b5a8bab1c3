package dev.muster.evaluator;

import static dev.muster.evaluator.Known.CATALOGUE;
import static dev.muster.evaluator.Known.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.replay.Claimant;
import dev.muster.engine.replay.Replay;
import dev.muster.engine.replay.ReplayListener;
import dev.muster.engine.replay.Wanted;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.Transition;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.engine.rule.EntityView;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.evaluator.mapping.ResultMapping;
import dev.muster.records.DeclaredMapping;
import dev.muster.records.FactMapping;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two repositories change their names, one of them back and forth. Facts, moves and entities, shuffled and
/// told twice, end as if every fact had been told of the last name and every entity had claimed it; a replay
/// of the records says the same.
class MovesConvergenceTest {

    private static final List<Rule> RULES = List.of(
            Known.noCritical(),
            Known.covered(),
            Known.rule("few", "vulnerabilities.size() <= 2"),
            Known.rule("there", "runbook.exists"));

    /// Names that a repository had, one after the other.
    private static final List<List<String>> HISTORIES = List.of(List.of("a", "b", "c", "a", "d"), List.of("x", "y"));

    private final Random random = new Random();
    private final Scorecard scorecard =
            Known.scorecard("ready", 1, RULES.toArray(Rule[]::new)).build();
    private final CompiledScorecard compiled =
            new ScorecardCompiler(CATALOGUE).compile(ScorecardMapping.toEngine(scorecard), 1);
    private final Replay replay = new Replay(CATALOGUE, new Wanted(_ -> true, _ -> true), Instant.MIN, new Silent());
    private final List<FactsObserved> facts = new ArrayList<>();
    private final List<FactsObserved> moves = new ArrayList<>();
    private final List<Entity> entities = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            longs = {
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
                29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40
            })
    void everythingEndsUnderTheLastName(long seed) {
        random.setSeed(seed);
        var muster = new Evaluation().publish(Scorecard.newBuilder(scorecard));
        make();
        replay.publish(muster.now(), compiled, DeclaredMapping.of(scorecard));
        try {
            for (var round = 0; round < 2; round++) {
                var events = new ArrayList<Object>(facts);
                events.addAll(moves);
                events.addAll(entities);
                Collections.shuffle(events, random);
                for (var event : events) {
                    muster = random.nextInt(60) == 0 ? muster.restart() : muster;
                    tell(muster, event);
                }
            }
            assertThat(told(muster)).as("seed %d", seed).isEqualTo(batch());
            assertThat(again()).as("seed %d, again", seed).isEqualTo(batch());
        } finally {
            muster.close();
        }
    }

    private void tell(Evaluation muster, Object event) {
        if (event instanceof Entity entity) {
            muster.declare(entity);
            var claimant =
                    new Claimant(ScorecardMapping.toEngine(entity), Set.copyOf(entity.getClaims()), entity.getPaths());
            replay.declare(muster.now(), claimant, DeclaredMapping.of(entity));
        } else if (event instanceof FactsObserved observed) {
            muster.observe(observed);
            replay(muster, observed);
        }
        muster.retold().forEach(it -> replay(muster, it));
    }

    private void replay(Evaluation muster, FactsObserved it) {
        var movedAt = it.getMoved() == null ? null : it.getMoved().getAt();
        FactMapping.toEngine(it).forEach(change -> replay.take(muster.now(), it.getSubject(), change, movedAt));
    }

    private void make() {
        for (var history : HISTORIES) {
            for (var i = 1; i < history.size(); i++) {
                var move = Known.movedTo(repo(history.get(i)), NOON.plusSeconds(100L * i));
                moves.add(Known.observed(repo(history.get(i - 1)), "move" + history + i, move));
            }
            for (var i = 0; i < 25; i++) {
                var name = history.get(random.nextInt(history.size()));
                facts.add(Known.observed(repo(name), "d" + name + facts.size(), change()));
            }
            for (var name : Set.copyOf(history)) {
                entities.add(
                        random.nextBoolean()
                                ? Known.entity("component:default/of-" + name, repo(name))
                                : Known.entityIn("services/pay", "component:default/of-" + name, repo(name)));
            }
        }
    }

    private FactChange change() {
        var at = NOON.plusSeconds(random.nextInt(500));
        var item = "i" + random.nextInt(5);
        return switch (random.nextInt(7)) {
            case 0 -> Known.coverage(60 + random.nextInt(40), at);
            case 1 -> Known.runbook(random.nextBoolean(), at, at);
            case 2 -> Known.remove("vulnerabilities", item, at);
            case 3 -> Known.snapshot("vulnerabilities", Map.of(item, "{\"severity\":\"critical\"}"), at);
            case 4 -> Known.snapshot("vulnerabilities", Map.of(), at);
            case 5 -> Known.vulnerabilityIn("services/pay/pom.xml", item, at);
            default -> Known.vulnerabilityIn("services/ledger/pom.xml", item, at);
        };
    }

    private static String repo(String name) {
        return "repo:github.com/acme/" + name;
    }

    // ---- three ways to the end

    private static Map<String, List<String>> told(Evaluation muster) {
        var seen = new TreeMap<String, List<String>>();
        muster.results().values().forEach(it -> seen.put(it.getEntity(), seen(ResultMapping.toEngine(it))));
        return seen;
    }

    private Map<String, List<String>> again() {
        var seen = new TreeMap<String, List<String>>();
        replay.results().forEach((entity, result) -> seen.put(entity, seen(result)));
        return seen;
    }

    private Map<String, List<String>> batch() {
        var states = new HashMap<String, Map<String, FactState>>();
        for (var observed : facts) {
            for (var change : FactMapping.toEngine(observed)) {
                states.computeIfAbsent(end(observed.getSubject()), _ -> new HashMap<>())
                        .compute(change.fact(), (_, state) -> Registers.apply(state, change, 5000));
            }
        }
        var seen = new TreeMap<String, List<String>>();
        for (var entity : entities) {
            var end = end(entity.getClaims().getLast());
            var known = states.getOrDefault(end, Map.of());
            var paths = entity.getPaths().values().stream().findFirst().orElse(List.of());
            var result = compiled.evaluate(
                    ScorecardMapping.toEngine(entity),
                    fact -> known.containsKey(fact) ? List.of(new SubjectFact(end, known.get(fact), paths)) : List.of(),
                    NOON,
                    null,
                    compiled.rules());
            seen.put(entity.getRef(), seen(result));
        }
        return seen;
    }

    private static String end(String subject) {
        return HISTORIES.stream()
                .filter(it -> it.stream().anyMatch(name -> repo(name).equals(subject)))
                .map(it -> repo(it.getLast()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> seen(Result result) {
        return result.rules().stream()
                .map(it -> "%s %s %s %s".formatted(it.rule(), it.outcome(), it.message(), it.evidence()))
                .toList();
    }

    private static final class Silent implements ReplayListener {

        @Override
        public void began(EntityView entity, Result first, Cause cause) {}

        @Override
        public void changed(EntityView entity, Result before, Result after, Transition transition, Cause cause) {}

        @Override
        public void ended(EntityView entity, Result before, Transition transition, Cause cause, Instant at) {}
    }
}
