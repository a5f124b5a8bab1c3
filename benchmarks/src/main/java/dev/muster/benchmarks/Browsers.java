package dev.muster.benchmarks;

import dev.muster.schemas.Topic;
import dev.muster.schemas.v1.Result;
import dev.muster.testkit.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.json.JsonMapper;

/// Open browsers, as far as the portal can tell: streams of server-sent events. Beside them a consumer of committed
/// results notes when each was there to be told.
final class Browsers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Topic<String, Result> topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Map<String, Long> committed = new ConcurrentHashMap<>();
    private final List<Map<String, Long>> seen = new ArrayList<>();
    private final Thread reader;

    private Browsers(Platform platform, Topic<String, Result> topic) {
        this.topic = topic;
        consumer = Committed.consumer(platform.bootstrapServers());
        var partitions = Committed.partitions(consumer, topic.name());
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // now, and not with the first poll
        reader = Thread.ofPlatform().name("told").daemon().start(this::read);
    }

    /// Opens `count` streams and waits until all are.
    static Browsers open(Platform platform, Topic<String, Result> topic, int count) throws InterruptedException {
        var browsers = new Browsers(platform, topic);
        var opened = new CountDownLatch(count);
        var request = HttpRequest.newBuilder(URI.create(platform.portalUrl() + "/api/v1/stream"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + platform.secret("MUSTER_TOKEN"))
                .build();
        for (var i = 0; i < count; i++) {
            var mine = new ConcurrentHashMap<String, Long>();
            browsers.seen.add(mine);
            Thread.ofVirtual().name("browser-" + i).start(() -> browsers.listen(request, mine, opened));
        }
        opened.await();
        return browsers;
    }

    private void listen(HttpRequest request, Map<String, Long> mine, CountDownLatch opened) {
        try {
            var answer = http.send(request, BodyHandlers.ofLines());
            var event = new String[1];
            answer.body().forEach(line -> {
                if (line.startsWith(":")) {
                    opened.countDown();
                } else if (line.startsWith("event:")) {
                    event[0] = line.substring("event:".length());
                } else if (line.startsWith("data:") && "result".equals(event[0])) {
                    var now = System.nanoTime();
                    var data = JSON.readTree(line.substring("data:".length()));
                    mine.putIfAbsent(
                            key(
                                    data.path("entity").stringValue(),
                                    data.path("version").longValue()),
                            now);
                }
            });
        } catch (IOException | UncheckedIOException _) {
            // the streams are closed with us
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String key(String entity, long version) {
        return entity + "|" + version;
    }

    private void read() {
        try (consumer) {
            while (true) {
                var records = consumer.poll(Duration.ofSeconds(1));
                var now = System.nanoTime();
                for (var record : records) {
                    var result = topic.value().deserializer().deserialize(topic.name(), record.value());
                    if (result != null) {
                        committed.putIfAbsent(key(result.getEntity(), result.getVersion()), now);
                    }
                }
            }
        } catch (WakeupException _) {
            // closed
        }
    }

    /// @param times of every event in every browser
    /// @param missing events that a browser did not get
    record Heard(Latencies times, int missing) {}

    /// Waits until every browser has heard of every committed result, or for half a minute.
    Heard heard() {
        try {
            Awaitility.await("every browser has heard everything")
                    .atMost(PATIENCE)
                    .until(() -> missing() == 0);
        } catch (ConditionTimeoutException _) {
            // it is counted
        }
        return new Heard(Latencies.ofNanos(seen.stream().flatMapToLong(this::times)), missing());
    }

    private LongStream times(Map<String, Long> mine) {
        return committed.entrySet().stream()
                .filter(it -> mine.containsKey(it.getKey()))
                .mapToLong(it -> Math.max(0, mine.get(it.getKey()) - it.getValue()));
    }

    private int missing() {
        return seen.stream()
                .mapToInt(mine -> (int) committed.keySet().stream()
                        .filter(it -> !mine.containsKey(it))
                        .count())
                .sum();
    }

    @Override
    public void close() throws InterruptedException {
        http.shutdownNow();
        consumer.wakeup();
        reader.join(PATIENCE);
    }
}
