package dev.muster.benchmarks;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.TopicNames;
import dev.muster.schemas.Topics;
import dev.muster.testkit.Http;
import dev.muster.testkit.Platform;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/// Measures the packaged platform from outside: webhook in, committed result out.
final class WholeWay {

    /// The evaluator's own defaults, said here so that the bare topology has them too.
    private static final int THREADS = 1;

    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(50);
    /// Drains of each topology before those that count: a JVM compiles what it does most while it does it.
    static final int WARM_UP_ROUNDS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String RULES = "muster_evaluator_rules_total";

    private final Settings settings;
    private final Consumer<String> progress;
    private final Workload workload = new Workload(Instant.now());
    private int next;

    WholeWay(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /// @param deliveries sent while it counted
    /// @param refused of them, not answered with 202
    /// @param missing accepted ones without a result
    /// @param late how late the sender itself was
    /// @param acknowledged until 202
    /// @param committed until the result was read
    /// @param rules evaluated meanwhile
    /// @param used processor time meanwhile, by process
    /// @param ours speed of the evaluator, by round
    /// @param bare the same of [BareTopology] that moves records
    /// @param bytes the same of the one that moves bytes
    /// @param sizes bytes of the values that the bare topology writes, on average
    record Measured(
            int deliveries,
            int refused,
            int missing,
            Latencies late,
            Latencies acknowledged,
            Latencies committed,
            long rules,
            Map<String, Duration> used,
            List<Drain.Speed> ours,
            List<Drain.Speed> bare,
            List<Drain.Speed> bytes,
            String sizes) {}

    Measured measure() throws IOException, InterruptedException, ExecutionException {
        progress.accept("starting the platform");
        var environment = Map.of(
                "MUSTER_EVALUATOR_THREADS",
                Integer.toString(THREADS),
                "MUSTER_EVALUATOR_COMMITINTERVAL",
                COMMIT_INTERVAL.toMillis() + "ms",
                "MUSTER_NOTIFIER_GROUPWAIT",
                "30s");
        try (var platform = Platform.start(environment)) {
            try {
                return measure(platform);
            } finally {
                if (!settings.keep()) {
                    platform.close();
                    Folders.delete(platform.data());
                }
            }
        }
    }

    private Measured measure(Platform platform) throws IOException, InterruptedException, ExecutionException {
        var topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", platform.registryUrl())));
        try (var drain = new Drain(workload, topics.facts(), platform.bootstrapServers());
                var results = new Committed(platform.bootstrapServers(), TopicNames.RESULTS)) {
            progress.accept("declaring %d components and their facts".formatted(Workload.REPOSITORIES));
            drain.write(workload.seeds());
            declare(platform);
            var sender = new OpenLoop(workload, platform);

            progress.accept("warming up for %d s at %d deliveries/s"
                    .formatted(settings.warmUp().toSeconds(), settings.rate()));
            load(sender, results, "warm-up", settings.warmUp());

            progress.accept("counting for %d s".formatted(settings.load().toSeconds()));
            var before = rulesEvaluated(platform);
            var timeBefore = ProcessorTime.of(platform);
            var load = load(sender, results, "load", settings.load());
            var rules = rulesEvaluated(platform) - before;
            var used = ProcessorTime.between(timeBefore, ProcessorTime.of(platform));

            progress.accept("comparing with the bare topology: %d rounds of %d records each, after %d that do not count"
                    .formatted(settings.rounds(), settings.backlog(), WARM_UP_ROUNDS));
            try (var records = Ceiling.start(platform, Ceiling.Moved.RECORDS, THREADS, COMMIT_INTERVAL);
                    var bytes = Ceiling.start(platform, Ceiling.Moved.BYTES, THREADS, COMMIT_INTERVAL);
                    var recordResults = new Committed(platform.bootstrapServers(), Ceiling.Moved.RECORDS.out());
                    var byteResults = new Committed(platform.bootstrapServers(), Ceiling.Moved.BYTES.out());
                    var _ = Frozen.freeze(
                            List.of(platform.pid("ingest"), platform.pid("notifier"), platform.pid("portal")))) {
                var all = List.of(
                        new Contestant("evaluator", TopicNames.FACTS, results, platform.pid("evaluator")),
                        new Contestant("bare", Ceiling.Moved.RECORDS.in(), recordResults, records.pid()),
                        new Contestant("bytes", Ceiling.Moved.BYTES.in(), byteResults, bytes.pid()));
                for (var round = 1 - WARM_UP_ROUNDS; round <= settings.rounds(); round++) {
                    round(drain, all, round);
                }
                return new Measured(
                        load.deliveries(),
                        load.sent().refusals(),
                        load.missing(),
                        load.sent().late(),
                        load.sent().acknowledged(),
                        load.committed(),
                        rules,
                        used,
                        all.get(0).counted(),
                        all.get(1).counted(),
                        all.get(2).counted(),
                        Ceiling.sizes(platform));
            }
        }
    }

    /// A topology that works off one backlog after another.
    private record Contestant(String name, String in, Committed results, long pid, List<Drain.Speed> speeds) {

        Contestant(String name, String in, Committed results, long pid) {
            this(name, in, results, pid, new ArrayList<>());
        }

        List<Drain.Speed> counted() {
            return speeds.subList(WARM_UP_ROUNDS, speeds.size());
        }
    }

    private void round(Drain drain, List<Contestant> all, int round) throws InterruptedException, ExecutionException {
        var said = new ArrayList<String>();
        for (var each : all) {
            var run = each.name() + "-" + round;
            var speed = drain.measure(each.results(), each.in(), each.pid(), run, next, settings.backlog());
            each.speeds().add(speed);
            said.add("%s %.0f/s (%.0f µs)".formatted(each.name(), speed.perSecond(), speed.cpuMicros()));
        }
        next += settings.backlog();
        progress.accept("round %d%s: %s".formatted(round, round < 1 ? " (not counted)" : "", String.join(", ", said)));
    }

    /// Waits until every component is judged by every rule on what it claims.
    private void declare(Platform platform) {
        Estate.accepted(platform.ingest().put("/v1/catalog", workload.catalogue()));
        Estate.accepted(platform.ingest().put("/v1/scorecards", FortySevenRules.yaml(Workload.SCORECARD)));
        Awaitility.await("every component has its first result")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> platform.topics().table(TopicNames.RESULTS).values().stream()
                                .filter(it -> it.text("coverage").orElse("").equals("100"))
                                .count()
                        == Workload.REPOSITORIES);
    }

    private record Load(int deliveries, OpenLoop.Sent sent, Latencies committed, int missing) {}

    private Load load(OpenLoop sender, Committed results, String run, Duration length) throws InterruptedException {
        var count = (int) (settings.rate() * length.toSeconds());
        var arrivals = results.expect(run, count);
        var sent = sender.send(arrivals, next, count, settings.rate());
        next += count;
        if (sent.refusals() > 0) {
            progress.accept("not accepted: " + sent.refused());
        }
        // What was refused has no result; the rest has until the patience ends.
        var missing = arrivals.await(sent.refusals() == 0 ? PATIENCE : Duration.ofSeconds(20)) - sent.refusals();
        return new Load(count, sent, arrivals.since(sent.scheduled()), missing);
    }

    static long rulesEvaluated(Platform platform) {
        return Http.at(platform.managementUrl("evaluator"))
                .get("/actuator/prometheus")
                .body()
                .lines()
                .filter(it -> it.startsWith(RULES))
                .mapToLong(it -> (long) Double.parseDouble(it.substring(it.lastIndexOf(' ') + 1)))
                .sum();
    }
}
