package dev.muster.benchmarks;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.TopicNames;
import dev.muster.schemas.Topics;
import dev.muster.testkit.Http;
import dev.muster.testkit.Platform;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/// Measures the portal with a read model of a large organisation and its history: pages, what open browsers are told,
/// and a rebuild.
final class Pages {

    /// Pages a second.
    static final int RATE = 20;
    /// Open browsers.
    static final int BROWSERS = 200;
    /// Deliveries a second while browsers are open.
    static final int DELIVERIES = 5;

    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration LOAD = Duration.ofSeconds(60);
    private static final Duration LISTEN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final Estate estate;
    private final int transitions;
    private final Consumer<String> progress;
    private final Random random = new Random(47);

    /// @param transitions how many the history has
    Pages(Estate estate, int transitions, Consumer<String> progress) {
        this.estate = estate;
        this.transitions = transitions;
        this.progress = progress;
    }

    /// @param pages times by the name of the page
    /// @param bytes of each, without compression, on average
    /// @param failed answers that were not 200
    /// @param told from the committed result until an open browser has the event
    /// @param untold events that a browser did not get
    /// @param rebuilt what the last rebuild says of itself
    record Measured(
            int entities,
            int transitions,
            Map<String, Latencies> pages,
            Map<String, Integer> bytes,
            int failed,
            Latencies told,
            int untold,
            Rebuilt rebuilt) {}

    /// @param records of all topics
    record Rebuilt(long records, Duration took) {

        double perSecond() {
            return records * 1e3 / took.toMillis();
        }
    }

    /// @param platform with the estate
    Measured measure(Platform platform) throws InterruptedException {
        var topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", platform.registryUrl())));
        progress.accept("writing a history of %d transitions".formatted(transitions));
        new History(estate).write(topics, platform.bootstrapServers(), transitions);
        var portal = platform.portal();
        Awaitility.await("the portal has the history")
                .atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> behind(portal) == 0);
        Rest.await(platform);

        progress.accept("reading pages at %d/s".formatted(RATE));
        var overview = new Page("overview", _ -> "/");
        var entity = new Page("entity", _ -> "/entities/" + Estate.service(random.nextInt(estate.services())));
        load(portal, WARM_UP, overview, entity);
        var read = load(portal, LOAD, overview, entity);
        read.times()
                .forEach((name, times) -> progress.accept(
                        "%s: p95 %.1f ms, p99 %.1f ms".formatted(name, times.percentile(95), times.percentile(99))));
        progress.accept("%d answers were not 200".formatted(read.failed()));

        progress.accept("%d browsers listen to %d deliveries/s".formatted(BROWSERS, DELIVERIES));
        var listened = listen(platform);
        progress.accept("heard: p99 %.1f ms, max %.1f ms, %d missing"
                .formatted(listened.times().percentile(99), listened.times().max(), listened.missing()));

        progress.accept("making the read model anew");
        var rebuilt = rebuild(portal);
        progress.accept("%d records, %.0f/s".formatted(rebuilt.records(), rebuilt.perSecond()));
        return new Measured(
                estate.services(),
                transitions,
                read.times(),
                read.bytes(),
                read.failed(),
                listened.times(),
                listened.missing(),
                rebuilt);
    }

    private static long behind(Http portal) {
        return portal.get("/api/v1/status")
                .json()
                .path("behind")
                .valueStream()
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    private record Page(String name, IntFunction<String> path) {}

    private record Read(Map<String, Latencies> times, Map<String, Integer> bytes, int failed) {}

    /// Open loop, as [OpenLoop]: the pages in turn.
    private Read load(Http portal, Duration length, Page... pages) throws InterruptedException {
        var count = (int) (RATE * length.toSeconds());
        var took = new long[count];
        var bytes = new int[count];
        Arrays.fill(took, -1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = System.nanoTime() + Duration.ofMillis(200).toNanos();
            for (var i = 0; i < count; i++) {
                var number = i;
                var path = pages[i % pages.length].path().apply(i);
                var scheduled = start + i * 1_000_000_000L / RATE;
                OpenLoop.awaitNanos(scheduled);
                threads.execute(() -> {
                    try {
                        var answer = portal.get(path);
                        if (answer.status() == 200) {
                            took[number] = System.nanoTime() - scheduled;
                            bytes[number] = answer.body().length();
                        }
                    } catch (UncheckedIOException _) {
                        // counts as one that failed
                    }
                });
            }
        }
        var times = new LinkedHashMap<String, Latencies>();
        var sizes = new LinkedHashMap<String, Integer>();
        for (var page = 0; page < pages.length; page++) {
            var first = page;
            var mine = IntStream.range(0, count)
                    .filter(i -> i % pages.length == first && took[i] != -1)
                    .toArray();
            times.put(pages[page].name(), Latencies.ofNanos(IntStream.of(mine).mapToLong(i -> took[i])));
            sizes.put(pages[page].name(), (int)
                    IntStream.of(mine).map(i -> bytes[i]).average().orElse(0));
        }
        var failed = (int) Arrays.stream(took).filter(it -> it == -1).count();
        return new Read(times, sizes, failed);
    }

    private Browsers.Heard listen(Platform platform) throws InterruptedException {
        var count = (int) (DELIVERIES * LISTEN.toSeconds());
        var topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", platform.registryUrl())));
        try (var results = new Committed(platform.bootstrapServers(), TopicNames.RESULTS);
                var browsers = Browsers.open(platform, topics.results(), BROWSERS)) {
            var sender = new OpenLoop(estate.workload(), platform);
            var arrivals = results.expect("heard", count);
            sender.send(arrivals, 900_000, count, DELIVERIES);
            arrivals.await(PATIENCE);
            return browsers.heard();
        }
    }

    private static Rebuilt rebuild(Http portal) {
        var id = portal.post("/api/v1/rebuilds", "").json().path("id").stringValue();
        var done = Awaitility.await("the read model is made anew")
                .atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(
                        () -> portal.get("/api/v1/rebuilds/" + id).json(),
                        it -> !it.path("state").stringValue().equals("running"));
        if (!done.path("state").stringValue().equals("done")) {
            throw new IllegalStateException("the rebuild failed: " + done);
        }
        var took = Duration.between(
                Instant.parse(done.path("startedAt").stringValue()),
                Instant.parse(done.path("endedAt").stringValue()));
        return new Rebuilt(done.path("records").longValue(), took);
    }
}
