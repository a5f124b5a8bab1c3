package dev.muster.benchmarks;

import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.testkit.Platform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// Measures a backtest of the scorecard that ships on many recorded facts, and what the portal needs for it.
///
/// The evaluator stands still meanwhile: it would write a result for each of the facts, which nobody asks for here.
final class Retold {

    private static final int PORTION = 10_000;
    private static final int FEW = 10; // a tenth first
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String PEAK = "VmHWM:";

    private final Estate estate;
    private final int facts;
    private final Consumer<String> progress;

    /// @param facts how many are recorded beside those of the estate
    Retold(Estate estate, int facts, Consumer<String> progress) {
        this.estate = estate;
        this.facts = facts;
        this.progress = progress;
    }

    /// One backtest.
    ///
    /// @param facts records of facts that it read
    /// @param transitions that there would have been
    /// @param peak memory that the portal held at most, in megabytes
    record Backtest(long facts, long transitions, Duration took, long peak) {}

    /// @param facts that were recorded for it
    /// @param few on a tenth of them
    /// @param many on all
    record Measured(int facts, Backtest few, Backtest many) {}

    /// Leaves the platform with facts that the evaluator has yet to judge.
    Measured measure(Topics topics, Platform platform) throws IOException, InterruptedException, ExecutionException {
        try (var _ = Frozen.freeze(List.of(platform.pid("evaluator")));
                var drain = new Drain(estate.workload(), topics.facts(), platform.bootstrapServers())) {
            write(drain, 0, facts / FEW);
            var few = backtest(platform);
            write(drain, facts / FEW, facts);
            return new Measured(facts, few, backtest(platform));
        }
    }

    private void write(Drain drain, int from, int to) throws InterruptedException, ExecutionException {
        progress.accept("recording %d facts".formatted(to - from));
        var portion = new ArrayList<FactsObserved>();
        for (var i = from; i < to; i++) {
            portion.add(estate.workload().facts(i, "retold-" + i));
            if (portion.size() == PORTION || i == to - 1) {
                drain.write(portion);
                portion.clear();
            }
        }
    }

    private Backtest backtest(Platform platform) throws IOException, InterruptedException {
        progress.accept("asking for a backtest");
        var process = Path.of("/proc", Long.toString(platform.pid("portal")));
        Files.writeString(process.resolve("clear_refs"), "5"); // the peak begins anew
        var began = System.nanoTime();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(platform.portalUrl() + "/api/v1/backtests?since=90d"))
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer " + platform.secret("MUSTER_TOKEN"))
                            .header("Content-Type", "application/yaml")
                            .POST(BodyPublishers.ofString(Estate.SCORECARD_FILE))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("no backtest, %d: %s".formatted(answer.statusCode(), answer.body()));
            }
            var took = Duration.ofNanos(System.nanoTime() - began);
            var report = JsonMapper.shared().readTree(answer.body());
            var transitions = report.path("transitions")
                    .valueStream()
                    .mapToLong(it -> it.asLong())
                    .sum();
            var backtest = new Backtest(report.path("facts").longValue(), transitions, took, peak(process));
            progress.accept("%d facts, %d transitions, %.1f s, %d MB"
                    .formatted(backtest.facts(), transitions, took.toMillis() / 1e3, backtest.peak()));
            return backtest;
        }
    }

    private static long peak(Path process) throws IOException {
        try (var lines = Files.lines(process.resolve("status"))) {
            return lines.filter(it -> it.startsWith(PEAK))
                    .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
