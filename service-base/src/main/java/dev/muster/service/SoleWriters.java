package dev.muster.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Makes sole writers that reach Kafka as the service does.
public final class SoleWriters {

    /// What a writer that died left open hides what others write from readers until it is undone: by the next writer at
    /// once, else after this time.
    private static final Duration OPEN_AT_MOST = Duration.ofSeconds(10);

    private final Map<String, Object> config;

    /// @param connection how to reach the brokers; what makes the producer reliable is set over it
    SoleWriters(Map<String, Object> connection, ProducerSettings settings) {
        this.config = new HashMap<>(ReliableProducer.config(connection, settings));
        // Taking the right waits for the broker to undo what the one before left open.
        config.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.deliveryTimeout().toMillis());
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) OPEN_AT_MOST.toMillis());
    }

    /// A writer that has nothing in common with those of other rights.
    ///
    /// @param right the transactional id, the same on all instances
    public SoleWriter of(String right) {
        var own = new HashMap<>(config);
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, right);
        return new SoleWriter(
                right, () -> new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer()));
    }
}
