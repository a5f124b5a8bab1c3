package dev.muster.benchmarks;

import dev.muster.schemas.Topic;
import dev.muster.schemas.v1.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;

/// Reads committed results of one scorecard, and knows how many entities have been judged by which of its versions.
///
/// Only the first fields of each: entity, scorecard and its version. Whoever reads all of them takes up as much of the
/// machine as what is measured.
final class Versions implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// Bytes that name the schema.
    private static final int PREFIX = 5;

    private final String scorecard;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Integer> versions = new HashMap<>();
    private final Map<Integer, Integer> entities = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Thread thread;
    private long last;

    Versions(String bootstrapServers, Topic<String, Result> topic, String scorecard) {
        this.scorecard = scorecard;
        this.consumer = Committed.consumer(bootstrapServers);
        var partitions = Committed.partitions(consumer, topic.name());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.thread = Thread.ofPlatform().name("versions").daemon().start(this::read);
    }

    private void read() {
        BinaryDecoder begin = null;
        try (consumer) {
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    if (record.value() != null) {
                        begin = DecoderFactory.get()
                                .binaryDecoder(record.value(), PREFIX, record.value().length - PREFIX, begin);
                        var entity = begin.readString();
                        if (begin.readString().equals(scorecard)) {
                            seen(entity, begin.readInt());
                        }
                    }
                }
            }
        } catch (WakeupException _) {
            // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void seen(String entity, int version) {
        lock.lock();
        try {
            var before = versions.put(entity, version);
            if (before == null || before != version) {
                if (before != null) {
                    entities.merge(before, -1, Integer::sum);
                }
                entities.merge(version, 1, Integer::sum);
                last = System.nanoTime();
                more.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until `count` entities are judged by that version.
    ///
    /// @return when the last of them was seen, as [System#nanoTime()] has it
    long await(int version, int count, Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            while (entities.getOrDefault(version, 0) < count) {
                var left = end - System.nanoTime();
                if (left <= 0 || !thread.isAlive()) {
                    throw new IllegalStateException("%d of %d entities are judged by version %d"
                            .formatted(entities.getOrDefault(version, 0), count, version));
                }
                var _ = more.await(left, TimeUnit.NANOSECONDS);
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join(PATIENCE);
    }
}
