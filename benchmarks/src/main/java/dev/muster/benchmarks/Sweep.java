package dev.muster.benchmarks;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.TopicNames;
import dev.muster.schemas.Topics;
import dev.muster.testkit.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Measures an edit of the scorecard that ships: until every entity is judged by all rules of the new
/// version, and how long deliveries take meanwhile.
final class Sweep {

    /// Deliveries a second while the sweep runs.
    static final int RATE = 20;

    private static final String SCORECARD = Estate.SCORECARD;
    private static final String LIMITED = "framework/max-known-vulnerabilities";
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration LOAD = Duration.ofSeconds(45);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Estate estate;
    private final int entities;
    private final Consumer<String> progress;

    Sweep(Estate estate, Consumer<String> progress) {
        this.estate = estate;
        this.entities = estate.services();
        this.progress = progress;
    }

    /// One edit.
    ///
    /// @param took from the answer to the edit until the last result of the new version was committed
    /// @param rules evaluated for it, and for the deliveries meanwhile
    /// @param sent deliveries while it ran and shortly before and after
    /// @param refused of them, not answered with 202
    /// @param missing accepted ones without a result
    /// @param meanwhile until the result of those that were sent while it ran
    /// @param quiet the same of those before it
    record Edit(Duration took, long rules, int sent, int refused, int missing, Latencies meanwhile, Latencies quiet) {}

    /// @param entities that are judged
    /// @param alone an edit of every rule, with the readers of results standing still
    record Measured(int entities, Edit all, Edit one, Edit alone) {

        List<Edit> edits() {
            return List.of(all, one, alone);
        }
    }

    /// @param platform with the estate
    Measured measure(Platform platform) throws InterruptedException {
        var topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", platform.registryUrl())));
        try (var versions = new Versions(platform.bootstrapServers(), topics.results(), SCORECARD);
                var results = new Committed(platform.bootstrapServers(), TopicNames.RESULTS)) {
            versions.await(1, entities, PATIENCE);
            var sender = new OpenLoop(estate.workload(), platform);
            progress.accept("warming up");
            var warmUp = results.expect("sweep-warm-up", RATE * 20);
            sender.send(warmUp, 0, RATE * 20, RATE);
            warmUp.await(PATIENCE);
            for (var version = 2; version <= 3; version++) { // not counted
                edit(platform, version == 2 ? everyRule(version) : oneRule(version));
                versions.await(version, entities, PATIENCE);
            }
            var all = measure(platform, versions, results, sender, 4, everyRule(4));
            var one = measure(platform, versions, results, sender, 5, oneRule(5));
            Rest.await(platform);
            try (var _ = Frozen.freeze(List.of(platform.pid("portal"), platform.pid("notifier")))) {
                var alone = measure(platform, versions, results, sender, 6, everyRule(6));
                return new Measured(entities, all, one, alone);
            }
        }
    }

    private Edit measure(
            Platform platform, Versions versions, Committed results, OpenLoop sender, int version, String scorecard)
            throws InterruptedException {
        progress.accept("editing the scorecard at %d deliveries/s".formatted(RATE));
        var count = (int) (RATE * LOAD.toSeconds());
        var arrivals = results.expect("sweep-" + version, count);
        var edited = new AtomicLong();
        var before = WholeWay.rulesEvaluated(platform);
        var editor = Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(QUIET.toNanos());
            edit(platform, scorecard);
            edited.set(System.nanoTime());
        });
        var sent = sender.send(arrivals, version * count, count, RATE);
        editor.join();
        var done = versions.await(version, entities, PATIENCE);
        var missing = arrivals.await(PATIENCE) - sent.refusals();
        var edit = new Edit(
                Duration.ofNanos(done - edited.get()),
                WholeWay.rulesEvaluated(platform) - before,
                count,
                sent.refusals(),
                missing,
                arrivals.since(sent.scheduled(), edited.get(), done),
                arrivals.since(sent.scheduled(), Long.MIN_VALUE, edited.get()));
        progress.accept("version %d: %d rules, all judged after %.1f s, p99 meanwhile %.1f ms, %d refused, %d missing"
                .formatted(
                        version,
                        edit.rules(),
                        edit.took().toMillis() / 1e3,
                        edit.meanwhile().percentile(99),
                        edit.refused(),
                        edit.missing()));
        return edit;
    }

    private static void edit(Platform platform, String scorecard) {
        Estate.accepted(platform.ingest().put("/v1/scorecards", scorecard));
    }

    /// The version before with another limit of one rule, which decides nothing here.
    private String oneRule(int version) {
        return everyRule(version - 1)
                .replace(LIMITED + "\n", LIMITED + "\n      with: { maxHigh: %d }\n".formatted(100 + version));
    }

    /// Evidence counts for years in every rule, and for one day longer in each version: all have to be asked again.
    private String everyRule(int version) {
        var text = new StringBuilder(Estate.SCORECARD_FILE + "  rules:\n");
        for (var rule : estate.scorecard().rules()) {
            text.append("    - use: framework/%s\n      fresh: %dd\n".formatted(rule.id(), 3_000 + version));
        }
        return text.toString();
    }
}
