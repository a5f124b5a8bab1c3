package dev.muster.portal.consumer;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// Opens consumers that belong to no group and leave no trace.
@Component
public class Consumers {

    private static final int PATIENCE_MILLIS = 10_000;

    private final KafkaProperties kafka;
    private final KafkaConnectionDetails details;

    Consumers(KafkaProperties kafka, KafkaConnectionDetails details) {
        this.kafka = kafka;
        this.details = details;
    }

    /// Reads what is committed, from the beginning. To be closed.
    public Consumer<String, byte[]> open() {
        return open(Map.of());
    }

    /// The same with settings of the caller's own.
    public Consumer<String, byte[]> open(Map<String, ?> more) {
        var config = new HashMap<>(kafka.buildConsumerProperties());
        config.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, details.getConsumer().getBootstrapServers());
        config.keySet()
                .removeIf(name -> name.startsWith("schema.registry.")
                        || name.startsWith("basic.auth.")
                        || name.startsWith("bearer.auth."));
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        config.putAll(more);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
