package dev.muster.evaluator;

import static dev.muster.evaluator.Known.CATALOGUE;
import static dev.muster.evaluator.Known.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.result.Result;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.evaluator.entities.Pace;
import dev.muster.evaluator.mapping.ResultMapping;
import dev.muster.records.FactMapping;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random facts, claims, entities and scorecards, in any order and more than once, end as a batch says that knows the
/// end only: it takes the last of everything, applies all changes, and evaluates once.
class ConvergenceTest {

    private static final int STEPS = 160;
    private static final int SUBJECTS = 4;
    private static final int ENTITIES = 5;
    private static final List<Rule> RULES = List.of(
            Known.noCritical(),
            Known.covered(),
            Known.confirmed(Duration.ofMinutes(40)),
            Known.rule("quiet", "alerts.size() <= 1"),
            Known.rule("tier", "entity.tier <= 2"),
            Known.rule("fresh", "runbook.exists", "silver")
                    .setFreshMillis(Duration.ofMinutes(25).toMillis())
                    .build());

    private final Map<String, Entity> entities = new TreeMap<>();
    private final Map<String, Scorecard> scorecards = new TreeMap<>();
    private final List<FactsObserved> observed = new ArrayList<>();
    private final Map<String, Integer> versions = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensEndsAsABatchSays(long seed) {
        var random = new Random(seed);
        var muster = new Evaluation(new Pace(Duration.ofMillis(100), Duration.ofMillis(100), 2, Duration.ofMinutes(1)));
        try {
            for (var step = 0; step < STEPS; step++) {
                // What is at hand must never be anything but what the stores have.
                muster = random.nextInt(20) == 0 ? muster.restart() : muster;
                act(random, muster);
            }
            // Everything once more, in another order, changes nothing but what time changes.
            var again = new ArrayList<>(observed);
            Collections.shuffle(again, random);
            again.forEach(muster::observe);
            muster.tick(40);

            assertThat(told(muster)).isEqualTo(batch(muster));
            everyVersionFollowsTheOneBefore(muster.transitions());
        } finally {
            muster.close();
        }
    }

    private void act(Random random, Evaluation muster) {
        switch (random.nextInt(12)) {
            case 0, 1 -> declare(random, muster);
            case 2 -> {
                var ref = entity(random);
                entities.remove(ref);
                muster.delete(ref);
            }
            case 3 -> publish(random, muster);
            case 4 -> muster.pass(Duration.ofSeconds(random.nextInt(900)));
            case 5 -> muster.tick(1);
            case 6 -> {
                if (!observed.isEmpty()) {
                    muster.observe(observed.get(random.nextInt(observed.size())));
                }
            }
            default -> observe(random, muster);
        }
    }

    private void declare(Random random, Evaluation muster) {
        var claims = new TreeSet<String>();
        for (var i = 0; i < random.nextInt(3); i++) {
            claims.add(subject(random));
        }
        var entity = Known.entity(entity(random), 1 + random.nextInt(4), claims.toArray(String[]::new));
        entities.put(entity.getRef(), entity);
        muster.declare(entity);
    }

    private void publish(Random random, Evaluation muster) {
        var name = "s" + random.nextInt(3);
        if (random.nextInt(4) == 0) {
            scorecards.remove(name);
            muster.withdraw(name);
            return;
        }
        var rules = new ArrayList<>(RULES);
        Collections.shuffle(rules, random);
        var version = versions.merge(name, 1, Integer::sum);
        var scorecard = Known.scorecard(
                        name,
                        version,
                        rules.subList(0, 1 + random.nextInt(RULES.size())).toArray(Rule[]::new))
                .setAppliesTo(random.nextBoolean() ? "true" : "entity.tier < 4");
        scorecards.put(name, scorecard.build());
        muster.publish(scorecard);
    }

    private void observe(Random random, Evaluation muster) {
        var changes = new ArrayList<FactChange>();
        for (var i = 0; i <= random.nextInt(2); i++) {
            changes.add(change(random, muster));
        }
        var record = Known.observed(
                subject(random), "d" + observed.size(), random.nextInt(9) == 0, changes.toArray(FactChange[]::new));
        observed.add(record);
        muster.observe(record);
    }

    /// Times go back and forth, tie, and some are far apart.
    private static FactChange change(Random random, Evaluation muster) {
        var at = muster.now().minusSeconds(60L * random.nextInt(8));
        var item = "i" + random.nextInt(6);
        return switch (random.nextInt(8)) {
            case 0 -> Known.coverage(60 + random.nextInt(40), at);
            case 1 -> Known.runbook(random.nextBoolean(), at.minusSeconds(random.nextInt(1800)), at);
            case 2 -> Known.remove("vulnerabilities", item, at);
            case 3 -> Known.snapshot("vulnerabilities", Map.of(item, vulnerability("critical")), at);
            case 4 -> Known.upsert("alerts", item, "{\"name\":\"a\",\"startsAt\":\"%s\"}".formatted(NOON), at);
            case 5 -> Known.remove("alerts", item, at);
            case 6 -> Known.invalidate(random.nextBoolean() ? "coverage" : "vulnerabilities", at);
            default ->
                Known.upsert("vulnerabilities", item, vulnerability(random.nextBoolean() ? "critical" : "low"), at);
        };
    }

    private static String vulnerability(String severity) {
        return "{\"openedAt\":\"%s\",\"severity\":\"%s\"}".formatted(NOON, severity);
    }

    private static String subject(Random random) {
        return "repo:github.com/acme/r" + random.nextInt(SUBJECTS);
    }

    private static String entity(Random random) {
        return "component:default/c" + random.nextInt(ENTITIES);
    }

    // ---- the batch

    private Map<String, Seen> batch(Evaluation muster) {
        var states = new TreeMap<String, Map<String, FactState>>();
        for (var record : observed) {
            for (var change : FactMapping.toEngine(record)) {
                var bound = CATALOGUE
                        .find(change.fact())
                        .map(FactDeclaration::bound)
                        .orElse(5000);
                states.computeIfAbsent(change.fact(), _ -> new TreeMap<>())
                        .compute(record.getSubject(), (_, state) -> Registers.apply(state, change, bound));
            }
        }
        var seen = new TreeMap<String, Seen>();
        for (var scorecard : scorecards.values()) {
            var compiled = new ScorecardCompiler(CATALOGUE)
                    .compile(ScorecardMapping.toEngine(scorecard), scorecard.getVersion());
            for (var entity : entities.values()) {
                var view = ScorecardMapping.toEngine(entity);
                if (compiled.appliesTo(view)) {
                    var result = compiled.evaluate(view, facts(states, entity), muster.now(), null, compiled.rules());
                    seen.put(entity.getRef() + "|" + scorecard.getName(), Seen.of(result));
                }
            }
        }
        return seen;
    }

    private static Facts facts(Map<String, Map<String, FactState>> states, Entity entity) {
        return fact -> states.getOrDefault(fact, Map.of()).entrySet().stream()
                .filter(it -> entity.getClaims().contains(it.getKey()))
                .map(it -> new SubjectFact(it.getKey(), it.getValue()))
                .toList();
    }

    private static Map<String, Seen> told(Evaluation muster) {
        var seen = new TreeMap<String, Seen>();
        muster.results().forEach((key, result) -> seen.put(key, Seen.of(ResultMapping.toEngine(result))));
        return seen;
    }

    /// What a result means, without when it was evaluated.
    record Seen(int version, String level, int score, int coverage, List<String> rules) {

        static Seen of(Result it) {
            var rules = it.rules().stream()
                    .map(rule -> "%s %s %s %s".formatted(rule.rule(), rule.outcome(), rule.message(), rule.evidence()))
                    .toList();
            return new Seen(it.scorecardVersion(), it.level(), it.score(), it.coverage(), rules);
        }
    }

    private static void everyVersionFollowsTheOneBefore(List<Transition> transitions) {
        var last = new HashMap<String, Transition>();
        for (var it : transitions) {
            var before = last.put(it.getEntity() + "|" + it.getScorecard(), it);
            assertThat(it.getVersion()).isEqualTo(before == null ? 1 : before.getVersion() + 1);
            assertThat(it.getBefore()).isEqualTo(before == null ? null : before.getAfter());
            assertThat(it.getCause()).isNotNull();
        }
        assertThat(transitions).extracting(Transition::getId).doesNotHaveDuplicates();
    }
}
