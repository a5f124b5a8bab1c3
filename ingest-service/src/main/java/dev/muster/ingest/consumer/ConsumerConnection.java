package dev.muster.ingest.consumer;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/// Properties of a consumer that does not go through the binder.
public final class ConsumerConnection {

    private ConsumerConnection() {}

    /// What Spring Boot knows of the brokers, without what only the registry reads, of which the client would complain.
    public static Map<String, Object> of(KafkaProperties kafka, KafkaConnectionDetails details) {
        var config = new HashMap<>(kafka.buildConsumerProperties());
        config.put("bootstrap.servers", details.getConsumer().getBootstrapServers());
        config.keySet()
                .removeIf(name -> name.startsWith("schema.registry.")
                        || name.startsWith("basic.auth.")
                        || name.startsWith("bearer.auth."));
        return config;
    }
}
