package dev.muster.benchmarks;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.Origin;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.fact.Version;
import dev.muster.engine.library.Framework;
import dev.muster.engine.library.ScorecardReader;
import dev.muster.engine.result.Result;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.engine.rule.EntityView;
import dev.muster.engine.rule.ScorecardCompiler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The engine alone: 47 rules, an entity with 20 open alerts, everything reported.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EvaluationBenchmark {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final int BOUND = 5000;
    private static final String REPOSITORY = "repo:github.com/acme/payments";

    private final Map<String, FactState> states = new HashMap<>();
    private final Facts facts =
            name -> states.containsKey(name) ? List.of(new SubjectFact(REPOSITORY, states.get(name))) : List.of();
    private final EntityView payments = new EntityView(
            "component:default/payments",
            "Component",
            "default",
            "payments",
            null,
            "service",
            "production",
            "group:default/payments",
            null,
            1,
            List.of("java"),
            Map.of(),
            List.of());
    private CompiledScorecard scorecard;
    private Result before;
    private int next;

    @Setup
    public void report() throws DefinitionException {
        var framework = Framework.fromClassPath();
        var definition = new ScorecardReader(framework.facts(), framework.rules())
                .read("forty-seven.yaml", FortySevenRules.yaml("forty-seven"));
        scorecard = new ScorecardCompiler(framework.facts()).compile(definition, 1);
        for (var i = 0; i < 20; i++) {
            change(alert(i, i % 10 == 0 ? "high" : "low", NOW.minus(Duration.ofHours(i))));
        }
        for (var i = 0; i < 5; i++) {
            change(item("codeFindings", i, "{\"rule\":\"r\",\"severity\":\"low\",\"tool\":\"CodeQL\"}"));
            change(item("checks", i, "{\"conclusion\":\"success\",\"name\":\"unit\"}"));
            change(item("alerts", i, "{\"name\":\"a\",\"severity\":\"warning\"}"));
        }
        change(item("deployments", 0, "{\"environment\":\"production\",\"state\":\"success\"}"));
        change(new FactChange.Remove("secretFindings", "none", "", version(0), origin(0), false));
        change(new FactChange.Set("coverage", "{\"newCode\":81.5,\"overall\":70.0}", version(0), origin(0), false));
        change(new FactChange.Set(
                "runbook", "{\"confirmedAt\":\"2026-05-01T00:00:00Z\",\"exists\":true}", version(0), origin(0), false));
        change(new FactChange.Set(
                "repository", "{\"archived\":false,\"visibility\":\"private\"}", version(0), origin(0), false));
        before = scorecard.evaluate(payments, facts, NOW, null, scorecard.rules());
    }

    /// Every rule.
    @Benchmark
    public Result allRules() {
        return scorecard.evaluate(payments, facts, NOW, null, scorecard.rules());
    }

    /// One alert changes its severity: the register is written and the rules that read vulnerabilities are evaluated.
    @Benchmark
    public Result oneFact() {
        next++;
        change(alert(next % 20, next % 2 == 0 ? "low" : "medium", NOW.plusMillis(next)));
        before = scorecard.evaluate(payments, facts, NOW, before, scorecard.rulesReading("vulnerabilities"));
        return before;
    }

    /// The ceiling of both: the register alone.
    @Benchmark
    public FactState registerOnly() {
        next++;
        change(alert(next % 20, next % 2 == 0 ? "low" : "medium", NOW.plusMillis(next)));
        return states.get("vulnerabilities");
    }

    private void change(FactChange change) {
        states.compute(change.fact(), (_, state) -> Registers.apply(state, change, BOUND));
    }

    private FactChange alert(int number, String severity, Instant at) {
        var json = """
                {"ecosystem":"npm","fixAvailable":true,"id":"CVE-2026-%04d","openedAt":"2026-05-30T00:00:00Z","package":"p%d",\
                "severity":"%s","url":"https://example.org/%d"}""".formatted(number, number, severity, number);
        return new FactChange.Upsert(
                "vulnerabilities",
                "dependabot/" + number,
                "dependabot",
                json,
                new Version(at, 0, NOW, "delivery-" + at.toEpochMilli()),
                origin(number),
                false);
    }

    private static FactChange item(String fact, int number, String json) {
        return new FactChange.Upsert(fact, "item-" + number, "", json, version(number), origin(number), false);
    }

    private static Version version(int number) {
        return new Version(NOW.minusSeconds(number), 0, NOW, "delivery-" + number);
    }

    private static Origin origin(int number) {
        return new Origin("github", "github", "delivery-" + number, "octocat", "https://example.org/" + number, false);
    }
}
