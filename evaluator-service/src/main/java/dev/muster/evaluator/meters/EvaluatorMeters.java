package dev.muster.evaluator.meters;

import dev.muster.engine.rule.RuleListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the evaluator counts. All names begin with `muster.evaluator`.
///
/// | name | labels | counts |
/// |---|---|---|
/// | `changes` | `effect` = altered, none | changes to facts read |
/// | `unclaimed` | | records of facts about subjects that nobody claims |
/// | `forgotten` | | records for entities that are no more |
/// | `rules` | `scorecard` | rules evaluated |
/// | `results` | | results written |
/// | `transitions` | `kind` | transitions written |
/// | `due` | | how late instants were noticed (timer) |
/// | `swept` | | entities judged because a scorecard changed |
/// | `sweeps` | | scorecards being swept, summed over partitions (gauge) |
/// | `failed` | | evaluations that broke, each also a dead letter |
public final class EvaluatorMeters implements RuleListener {

    private static final String NAME = "muster.evaluator.";

    private final MeterRegistry registry;
    private final Map<String, Counter> rules = new ConcurrentHashMap<>();
    private final Counter altered;
    private final Counter unaltered;
    private final Counter unclaimed;
    private final Counter forgotten;
    private final Counter results;
    private final Counter swept;
    private final Counter failed;
    private final Timer due;
    private final AtomicLong sweeps;

    public EvaluatorMeters(MeterRegistry registry) {
        this.registry = registry;
        this.altered = registry.counter(NAME + "changes", "effect", "altered");
        this.unaltered = registry.counter(NAME + "changes", "effect", "none");
        this.unclaimed = registry.counter(NAME + "unclaimed");
        this.forgotten = registry.counter(NAME + "forgotten");
        this.results = registry.counter(NAME + "results");
        this.swept = registry.counter(NAME + "swept");
        this.failed = registry.counter(NAME + "failed");
        this.due = registry.timer(NAME + "due");
        this.sweeps = registry.gauge(NAME + "sweeps", new AtomicLong());
    }

    @Override
    public void evaluated(String scorecard, String rule) {
        rules.computeIfAbsent(scorecard, it -> registry.counter(NAME + "rules", "scorecard", it))
                .increment();
    }

    public void changes(int all, int effective) {
        altered.increment(effective);
        unaltered.increment(all - effective);
    }

    public void unclaimed() {
        unclaimed.increment();
    }

    public void forgotten() {
        forgotten.increment();
    }

    public void result() {
        results.increment();
    }

    /// Counts a transition.
    ///
    /// @param kind in lower case
    public void transition(String kind) {
        registry.counter(NAME + "transitions", "kind", kind).increment();
    }

    public void due(Instant at, Instant noticed) {
        due.record(Duration.between(at, noticed));
    }

    public void swept() {
        swept.increment();
    }

    public void failed() {
        failed.increment();
    }

    /// Counts sweeps as they begin and end.
    ///
    /// @param change sweeps that began, less those that ended
    public void sweeps(int change) {
        sweeps.addAndGet(change);
    }
}
