package dev.muster.ingest.declared;

import dev.muster.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The newest value of every key of a compacted topic, followed by a thread of its own.
///
/// Who asks gets what is on the topic at that moment, whoever wrote it: other instances of ingest write to it too.
///
/// @param <V> value
public final class DeclaredTopic<V extends SpecificRecord> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeclaredTopic.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final Topic<String, V> topic;
    private final Map<String, V> values = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, Long> expected = new ConcurrentHashMap<>();
    private final KafkaConsumer<String, byte[]> consumer;

    /// Asked for the ends alone: where records are read, a question waits until the broker has answered a fetch, and it
    /// keeps that for half a second when there is nothing new.
    private final KafkaConsumer<String, byte[]> ends;

    private final Thread thread;
    private volatile boolean running;
    private volatile boolean loaded;

    /// Made at rest.
    ///
    /// @param kafka connection properties
    public DeclaredTopic(Topic<String, V> topic, Map<String, Object> kafka) {
        this.topic = topic;
        var config = new Properties();
        config.putAll(kafka);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_500);
        this.consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        this.ends = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        this.thread =
                Thread.ofPlatform().daemon().name("declared-" + topic.name()).unstarted(this::follow);
    }

    /// Begins to read, once.
    public void start() {
        running = true;
        thread.start();
    }

    boolean isRunning() {
        return running;
    }

    /// Whether everything that was there at the start has been read.
    public boolean isLoaded() {
        return loaded;
    }

    /// From now on, what is current holds these records too. A transaction is committed before it is to be read, so the
    /// end of the topic alone would not tell.
    void expect(List<RecordMetadata> written) {
        for (var record : written) {
            expected.merge(new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
        }
    }

    /// What has been read so far, without waiting for more.
    public Map<String, V> known() {
        return Map.copyOf(values);
    }

    /// Everything on the topic as of now.
    ///
    /// @throws UnavailableException when Kafka does not answer within 6 s
    public Map<String, V> current() {
        var caughtUp = new CompletableFuture<Void>();
        waiting.add(caughtUp);
        consumer.wakeup();
        try {
            caughtUp.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnavailableException("what is declared on " + topic.name() + " cannot be read right now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
        return Map.copyOf(values);
    }

    private void follow() {
        var partitions = List.<TopicPartition>of();
        while (running) {
            try {
                if (partitions.isEmpty()) {
                    partitions = assign();
                }
                serve(partitions);
                consumer.poll(POLL).forEach(this::apply);
            } catch (WakeupException _) {
                // somebody waits, or it is over
            } catch (RuntimeException e) { // whatever it is: nobody else would begin again
                LOG.warn("{} cannot be followed right now: {}", topic.name(), e.toString());
                fail(e);
                partitions = List.of(); // a record may have been fetched and not applied: begin again
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        closeClients();
    }

    private void closeClients() {
        consumer.close();
        ends.close();
    }

    private List<TopicPartition> assign() {
        var partitions = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    /// Reads up to the end for those who wait, and at the start for ourselves.
    private void serve(List<TopicPartition> partitions) {
        if (loaded && waiting.isEmpty()) {
            return;
        }
        var served = new ArrayList<CompletableFuture<Void>>();
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            served.add(next);
        }
        try {
            var end = new HashMap<>(ends.endOffsets(partitions));
            expected.forEach((partition, offset) -> end.computeIfPresent(partition, (_, it) -> Math.max(it, offset)));
            while (running && !isAt(end)) {
                consumer.poll(POLL).forEach(this::apply);
            }
            expected.entrySet().removeIf(it -> it.getValue() <= end.getOrDefault(it.getKey(), Long.MAX_VALUE));
            loaded = true;
            served.forEach(waiter -> waiter.complete(null));
        } catch (WakeupException _) {
            waiting.addAll(served); // somebody else came: ask again for all
        } catch (RuntimeException e) {
            served.forEach(waiter -> waiter.completeExceptionally(e));
            throw e;
        }
    }

    private boolean isAt(Map<TopicPartition, Long> end) {
        return end.entrySet().stream().allMatch(entry -> consumer.position(entry.getKey()) >= entry.getValue());
    }

    private void fail(RuntimeException e) {
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            next.completeExceptionally(e);
        }
    }

    private void apply(ConsumerRecord<String, byte[]> entry) {
        if (entry.key() == null) {
            return;
        }
        try {
            var value = entry.value() == null
                    ? null
                    : topic.value().deserializer().deserialize(topic.name(), entry.value());
            if (value == null) {
                values.remove(entry.key());
            } else {
                values.put(entry.key(), value);
            }
        } catch (SerializationException unreadable) {
            LOG.error(
                    "{}-{} at {} is unreadable and passed over: {}",
                    topic.name(),
                    entry.partition(),
                    entry.offset(),
                    unreadable.getMessage());
        }
    }

    /// Asks it to end, and does not wait for that.
    void end() {
        if (running) {
            running = false;
            consumer.wakeup();
        }
    }

    @Override
    public void close() {
        end();
        if (thread.getState() == Thread.State.NEW) {
            closeClients();
            return;
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
