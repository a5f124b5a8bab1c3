package dev.muster.ingest.replay;

import dev.muster.ingest.consumer.ConsumerConnection;
import dev.muster.ingest.settings.IngestSettings;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// The replays of this instance, one at a time; the last ones are remembered until it ends.
///
/// A replay that broke off, also with its instance, is begun again from the start: that is harmless.
@Component
final class Replays implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);
    private static final int REMEMBERED = 20;
    private static final int AT_ONCE = 100;
    private static final Duration POLL = Duration.ofMillis(500);

    private final JournalReading reading;
    private final Map<String, Object> connection;
    private final InstantSource clock;
    private final int perSecond;
    private final Deque<Replay> replays = new ArrayDeque<>();

    Replays(
            JournalReading reading,
            KafkaProperties kafka,
            KafkaConnectionDetails details,
            InstantSource clock,
            IngestSettings settings) {
        this.reading = reading;
        this.connection = ConsumerConnection.of(kafka, details);
        this.clock = clock;
        this.perSecond = settings.replay().perSecond();
    }

    /// Begins one.
    ///
    /// @throws dev.muster.service.ProblemException 409 while another one runs
    synchronized Replay begin(Replay.Order order) {
        if (!replays.isEmpty() && replays.getFirst().isRunning()) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "Replay " + replays.getFirst().id() + " still runs; wait for it or stop it")
                    .asException();
        }
        var replay = new Replay(UUID.randomUUID().toString(), order, clock.instant());
        replays.addFirst(replay);
        while (replays.size() > REMEMBERED) {
            replays.removeLast();
        }
        LOG.info("{} replays {}", order.by(), order);
        Thread.ofPlatform().daemon().name("replay-" + order.connection()).start(() -> run(replay));
        return replay;
    }

    synchronized Optional<Replay> find(String id) {
        return replays.stream().filter(it -> it.id().equals(id)).findFirst();
    }

    /// The newest first.
    synchronized List<Replay> all() {
        return List.copyOf(replays);
    }

    private void run(Replay replay) {
        try (var consumer = consumer()) {
            read(consumer, replay);
            replay.finished(replay.isStopping() ? Replay.State.STOPPED : Replay.State.DONE, null, clock.instant());
        } catch (RuntimeException broken) {
            LOG.warn("replay {} broke off", replay.id(), broken);
            replay.finished(Replay.State.FAILED, String.valueOf(broken.getMessage()), clock.instant());
        }
        LOG.info("replay ended: {}", replay.view());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var config = new HashMap<>(connection);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AT_ONCE);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * 1024 * 1024);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, Replay replay) {
        var partitions = consumer.partitionsFor(reading.topic()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        var end = consumer.endOffsets(partitions);
        // A record is written after its delivery was received, so none that is meant stands before this place.
        var since = new HashMap<TopicPartition, Long>();
        partitions.forEach(it -> since.put(it, replay.order().since().toEpochMilli()));
        consumer.offsetsForTimes(since)
                .forEach((partition, found) ->
                        consumer.seek(partition, found == null ? end.getOrDefault(partition, 0L) : found.offset()));
        replay.toRead(left(consumer, end));
        while (!replay.isStopping() && left(consumer, end) > 0) {
            var begun = System.nanoTime();
            var before = left(consumer, end);
            var written = new ArrayList<CompletableFuture<?>>();
            var mapped = replay.view().deliveries();
            for (var record : consumer.poll(POLL)) {
                if (record.offset() < end.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    written.addAll(reading.read(record, replay));
                }
            }
            CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).join();
            replay.read(before - left(consumer, end));
            rest(begun, replay.view().deliveries() - mapped);
        }
    }

    private static long left(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> end) {
        return end.entrySet().stream()
                .mapToLong(it -> Math.max(0, it.getValue() - consumer.position(it.getKey())))
                .sum();
    }

    /// What is live goes first: so many deliveries a second and no more.
    private void rest(long begun, long deliveries) {
        var least = deliveries * 1_000_000_000L / perSecond;
        LockSupport.parkNanos(least - (System.nanoTime() - begun));
    }

    @Override
    public void destroy() {
        all().stream()
                .filter(Replay::isRunning)
                .max(Comparator.comparingLong(Replay::revision))
                .ifPresent(Replay::stop);
    }
}
