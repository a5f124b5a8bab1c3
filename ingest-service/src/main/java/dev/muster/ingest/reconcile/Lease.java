package dev.muster.ingest.reconcile;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to work, held by the instance that Kafka gives partition 0 of a topic to. Nothing is read there.
///
/// It passes on within ten seconds when an instance dies, and at once when it stops.
final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SESSION_MILLIS = 10_000;

    private final String topic;
    private final Runnable taken;
    private final Runnable lost;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean closed;

    /// @param kafka connection properties
    /// @param taken begins to work, and returns at once
    /// @param lost ends the work before it returns; harmless when there is none
    Lease(String topic, Map<String, Object> kafka, Runnable taken, Runnable lost) {
        this.topic = topic;
        this.taken = taken;
        this.lost = lost;
        var config = new Properties();
        config.putAll(kafka);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, "muster-reconciler");
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.thread = Thread.ofPlatform().daemon().name("reconcile-lease").unstarted(this::hold);
    }

    void start() {
        thread.start();
    }

    private void hold() {
        consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                consumer.pause(partitions);
                if (partitions.contains(new TopicPartition(topic, 0))) {
                    taken.run();
                }
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                if (partitions.contains(new TopicPartition(topic, 0))) {
                    lost.run();
                }
            }
        });
        while (!closed) {
            try {
                consumer.poll(POLL);
            } catch (WakeupException _) {
                // it is over
            } catch (KafkaException e) {
                LOG.warn("who reconciles cannot be settled right now: {}", e.getMessage());
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        lost.run();
        consumer.close();
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
