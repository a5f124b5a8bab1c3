package dev.muster.evaluator.meters;

import static dev.muster.service.MeterDefinition.counter;
import static dev.muster.service.MeterDefinition.gauge;
import static dev.muster.service.MeterDefinition.timer;

import dev.muster.engine.result.TransitionKind;
import dev.muster.engine.rule.RuleListener;
import dev.muster.service.Counters;
import dev.muster.service.MeterDefinition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What the evaluator counts. Nothing is looked up in a registry where records are handled.
public final class EvaluatorMeters implements RuleListener {

    private static final String NAME = "muster.evaluator.";

    private static final MeterDefinition CHANGES =
            counter(NAME + "changes", "Changes to facts that were read").with("effect", "altered", "none");
    private static final MeterDefinition UNCLAIMED =
            counter(NAME + "unclaimed", "Records of facts about subjects that nobody claims");
    private static final MeterDefinition MOVED =
            counter(NAME + "moved", "Changes to facts told again, of the subject that took the place of theirs");
    private static final MeterDefinition FORGOTTEN =
            counter(NAME + "forgotten", "Records for entities that are no more");
    private static final MeterDefinition RULES =
            counter(NAME + "rules", "Rules evaluated").withBound("scorecard", "the published scorecards, by name");
    private static final MeterDefinition EVALUATION = timer(
            NAME + "evaluation", "Time to judge one entity by one scorecard", 1, 2, 5, 10, 25, 50, 100, 250, 1000);
    private static final MeterDefinition DELAY = timer(
            NAME + "delay",
            "Time from facts being written to the entity that they touch being judged",
            25,
            50,
            100,
            250,
            500,
            1000,
            2500,
            5000,
            30_000,
            300_000);
    private static final MeterDefinition RESULTS = counter(NAME + "results", "Results written");
    private static final MeterDefinition TRANSITIONS =
            counter(NAME + "transitions", "Transitions written").withLower("kind", TransitionKind.class);
    private static final MeterDefinition DUE = timer(
            NAME + "due",
            "How late the instants were noticed at which a result changes by itself",
            100,
            250,
            500,
            1000,
            2500,
            5000,
            30_000,
            300_000,
            3_600_000);
    private static final MeterDefinition SWEPT = counter(NAME + "swept", "Entities judged because a scorecard changed");
    private static final MeterDefinition SWEEPS =
            gauge(NAME + "sweeps", null, "Scorecards that are being swept, summed over partitions");
    private static final MeterDefinition DAMPED =
            counter(NAME + "damped", "Changes of a level that were not passed on, because an entity depends on itself");
    private static final MeterDefinition FAILED =
            counter(NAME + "failed", "Evaluations that broke, each also a dead letter");
    private static final MeterDefinition UNTIMED =
            counter(NAME + "untimed", "Records without a believable timestamp, handled all the same");

    /// All of them.
    public static final List<MeterDefinition> ALL = List.of(
            CHANGES,
            MOVED,
            UNCLAIMED,
            FORGOTTEN,
            RULES,
            EVALUATION,
            DELAY,
            RESULTS,
            TRANSITIONS,
            DUE,
            SWEPT,
            SWEEPS,
            DAMPED,
            FAILED,
            UNTIMED);

    private final MeterRegistry registry;
    private final Map<String, Counter> rules = new ConcurrentHashMap<>();
    private final Counter altered;
    private final Counter unaltered;
    private final Counter unclaimed;
    private final Counter moved;
    private final Counter forgotten;
    private final Counter results;
    private final Counters transitions;
    private final Counter swept;
    private final Counter damped;
    private final Counter failed;
    private final Timer evaluation;
    private final Timer delay;
    private final Timer due;
    private final AtomicLong sweeps = new AtomicLong();

    public EvaluatorMeters(MeterRegistry registry) {
        this.registry = registry;
        this.altered = CHANGES.counter(registry, "altered");
        this.unaltered = CHANGES.counter(registry, "none");
        this.unclaimed = UNCLAIMED.counter(registry);
        this.moved = MOVED.counter(registry);
        this.forgotten = FORGOTTEN.counter(registry);
        this.results = RESULTS.counter(registry);
        this.transitions = TRANSITIONS.counters(registry);
        this.swept = SWEPT.counter(registry);
        this.damped = DAMPED.counter(registry);
        this.failed = FAILED.counter(registry);
        this.evaluation = EVALUATION.timer(registry);
        this.delay = DELAY.timer(registry);
        this.due = DUE.timer(registry);
        SWEEPS.gauge(registry, sweeps, AtomicLong::get);
        untimed(registry);
    }

    /// For what Kafka Streams makes by itself, and which knows no registry but the global one.
    public static Counter untimed(MeterRegistry registry) {
        return UNTIMED.counter(registry);
    }

    @Override
    public void evaluated(String scorecard, String rule) {
        var known = rules.get(scorecard);
        (known != null ? known : rules.computeIfAbsent(scorecard, it -> RULES.counter(registry, it))).increment();
    }

    public void changes(int all, int effective) {
        altered.increment(effective);
        unaltered.increment(all - effective);
    }

    public void unclaimed() {
        unclaimed.increment();
    }

    public void moved(int changes) {
        moved.increment(changes);
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
        transitions.count(kind);
    }

    /// An entity was judged by a scorecard.
    ///
    /// @param began `System.nanoTime()` of the beginning
    public void judged(long began) {
        evaluation.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    /// An entity was judged by all scorecards that read what it learned.
    ///
    /// @param writtenAt when Kafka got the facts, in milliseconds
    public void learned(long writtenAt, Instant now) {
        delay.record(Math.max(0, now.toEpochMilli() - writtenAt), TimeUnit.MILLISECONDS);
    }

    public void due(Instant at, Instant noticed) {
        due.record(Duration.between(at, noticed));
    }

    public void swept() {
        swept.increment();
    }

    public void damped() {
        damped.increment();
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
