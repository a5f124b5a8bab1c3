package dev.muster.evaluator;

import static dev.muster.evaluator.Known.CATALOGUE;
import static dev.muster.evaluator.Known.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.replay.Claimant;
import dev.muster.engine.replay.Replay;
import dev.muster.engine.replay.ReplayListener;
import dev.muster.engine.replay.Wanted;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Declared;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.Transition;
import dev.muster.engine.rule.EntityView;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.evaluator.mapping.Definition;
import dev.muster.evaluator.mapping.ResultMapping;
import dev.muster.records.DeclaredMapping;
import dev.muster.records.FactMapping;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The result that the evaluator tells is, to the last field, the one that a replay of the records makes that it was
/// told.
class AsOfTest {

    private static final String NAME = "readiness";
    private static final int STEPS = 150;
    private static final int ENTITIES = 3;
    private static final List<Rule> RULES = List.of(
            Known.noCritical(),
            Known.covered(),
            Known.confirmed(Duration.ofMinutes(40)),
            Known.rule("quiet", "alerts.size() <= 1"),
            Known.rule("tier", "entity.tier <= 2"),
            Known.rule("fresh", "runbook.exists", "silver")
                    .setFreshMillis(Duration.ofMinutes(25).toMillis())
                    .build());

    private final Evaluation muster = new Evaluation();
    private final Causes causes = new Causes();
    private final Replay replay = new Replay(CATALOGUE, new Wanted(_ -> true, _ -> true), Instant.MIN, causes);
    private Definition definition;
    private Instant swept = Instant.MIN;
    private int version;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aReplayOfTheRecordsMakesTheResultsThatWereTold(long seed) {
        var random = new Random(seed);
        publish(random);
        for (var step = 0; step < STEPS; step++) {
            act(random, step);
            replay.advance(muster.now());
            assertThat(again()).as("seed %d, step %d", seed, step).isEqualTo(muster.results());
        }
        muster.close();
    }

    private void act(Random random, int step) {
        switch (random.nextInt(12)) {
            case 0, 1 -> declare(random);
            case 2 -> delete(entity(random));
            case 3 -> publish(random);
            case 4 -> withdraw(random);
            case 5, 6, 7 -> muster.pass(Duration.ofSeconds(random.nextInt(900)));
            default -> observe(random, step);
        }
    }

    private void declare(Random random) {
        var claims = new TreeSet<String>();
        for (var i = 0; i < random.nextInt(3); i++) {
            claims.add(subject(random));
        }
        var entity = Known.entity(entity(random), 1 + random.nextInt(4), claims.toArray(String[]::new));
        muster.declare(entity);
        var claimant = new Claimant(ScorecardMapping.toEngine(entity), Set.copyOf(entity.getClaims()));
        replay.declare(muster.now(), claimant, DeclaredMapping.of(entity));
    }

    private void delete(String ref) {
        muster.delete(ref);
        replay.delete(muster.now(), ref, new Declared(muster.now(), null, null));
    }

    private void publish(Random random) {
        var rules = new ArrayList<>(RULES);
        Collections.shuffle(rules, random);
        var some = rules.subList(0, 1 + random.nextInt(RULES.size()));
        var scorecard = Known.scorecard(NAME, ++version, some.toArray(Rule[]::new))
                .setAppliesTo(random.nextInt(3) > 0 ? "true" : "entity.tier < 4");
        muster.publish(scorecard);
        definition = definition(scorecard.build());
        sweep();
        replay.publish(swept, definition.compiled(), DeclaredMapping.of(definition.published()));
    }

    private static Definition definition(Scorecard it) {
        var compiled = new ScorecardCompiler(CATALOGUE).compile(ScorecardMapping.toEngine(it), it.getVersion());
        return Definition.of(it, compiled);
    }

    private void withdraw(Random random) {
        muster.withdraw(NAME);
        sweep();
        replay.withdraw(swept, new Declared(swept, null, null));
        if (random.nextInt(4) > 0) {
            publish(random);
        }
    }

    /// A scorecard counts when the sweep comes by. All else happens at whole seconds, deadlines too.
    private void sweep() {
        muster.tick(1);
        swept = muster.now();
        muster.tick(9);
    }

    private void observe(Random random, int step) {
        var changes = new ArrayList<FactChange>();
        for (var i = 0; i <= random.nextInt(2); i++) {
            changes.add(change(random));
        }
        var record =
                Known.observed(subject(random), "d" + step, random.nextInt(9) == 0, changes.toArray(FactChange[]::new));
        muster.observe(record);
        tell(record);
    }

    private void tell(FactsObserved record) {
        FactMapping.toEngine(record).forEach(it -> replay.take(muster.now(), record.getSubject(), it));
    }

    private FactChange change(Random random) {
        var at = muster.now().minusSeconds(60L * random.nextInt(8));
        var item = "i" + random.nextInt(3);
        return switch (random.nextInt(8)) {
            case 0 -> Known.coverage(60 + random.nextInt(40), at);
            case 1 -> Known.runbook(random.nextBoolean(), at.minusSeconds(random.nextInt(1800)), at);
            case 2 -> Known.remove("vulnerabilities", item, at);
            case 3 -> Known.snapshot("vulnerabilities", Map.of(item, vulnerability("critical")), at);
            case 4 -> Known.upsert("alerts", item, "{\"name\":\"a\",\"startsAt\":\"%s\"}".formatted(NOON), at);
            case 5 -> exemption(random, at);
            case 6 -> Known.invalidate(random.nextBoolean() ? "coverage" : "vulnerabilities", at);
            default ->
                Known.upsert("vulnerabilities", item, vulnerability(random.nextBoolean() ? "critical" : "low"), at);
        };
    }

    private static FactChange exemption(Random random, Instant at) {
        var rule = RULES.get(random.nextInt(RULES.size())).getId();
        var end = at.plusSeconds(600L + random.nextInt(1200));
        return Known.upsert(
                "exemptions",
                rule,
                "{\"rule\":\"%s\",\"state\":\"approved\",\"expires\":\"%s\"}".formatted(rule, end),
                at);
    }

    private static String vulnerability(String severity) {
        return "{\"openedAt\":\"%s\",\"severity\":\"%s\"}".formatted(NOON, severity);
    }

    private static String subject(Random random) {
        var n = random.nextInt(4);
        return n == 0 ? "entity:" + entity(random) : "repo:github.com/acme/r" + n;
    }

    private static String entity(Random random) {
        return "component:default/c" + random.nextInt(ENTITIES);
    }

    /// The replay's results as the evaluator would tell them; only how many there were before it does not know.
    private Map<String, dev.muster.schemas.v1.Result> again() {
        var told = new HashMap<String, dev.muster.schemas.v1.Result>();
        replay.results().forEach((entity, result) -> {
            var key = entity + "|" + NAME;
            var count = muster.results().containsKey(key)
                    ? muster.results().get(key).getVersion()
                    : 0;
            var cause = ResultMapping.toAvro(causes.last.get(entity));
            told.put(
                    key,
                    ResultMapping.judged(result, definition, null, count, cause).told());
        });
        return told;
    }

    private static final class Causes implements ReplayListener {

        private final Map<String, Cause> last = new HashMap<>();

        @Override
        public void began(EntityView entity, Result first, Cause cause) {
            last.put(entity.ref(), cause);
        }

        @Override
        public void changed(EntityView entity, Result before, Result after, Transition transition, Cause cause) {
            last.put(entity.ref(), cause);
        }

        @Override
        public void ended(EntityView entity, Result before, Transition transition, Cause cause, Instant at) {
            last.remove(entity.ref());
        }
    }
}
