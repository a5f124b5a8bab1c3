package dev.muster.service;

import dev.muster.schemas.TopicLayout;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How topics are made and checked when a service starts.
///
/// @param partitions of every topic; the same for all services
/// @param replicationFactor copies of every partition; -1 leaves it to the broker
/// @param checkAtStart false when somebody else sees to the topics and the schemas
/// @param startTimeout how long a start waits for Kafka and the schema registry before it gives up
@ConfigurationProperties(value = "muster.topics", ignoreUnknownFields = false)
record TopicsSettings(
        @DefaultValue("6") int partitions,
        @DefaultValue("-1") int replicationFactor,
        @DefaultValue("true") boolean checkAtStart,
        @DefaultValue("60s") Duration startTimeout) {

    TopicsSettings {
        if (partitions < 1 || partitions > 1000) {
            throw new IllegalArgumentException("muster.topics.partitions must be from 1 to 1000");
        }
        if (replicationFactor != TopicLayout.BROKER_DEFAULT && (replicationFactor < 1 || replicationFactor > 100)) {
            throw new IllegalArgumentException(
                    "muster.topics.replication-factor must be from 1 to 100, or -1 for the broker's default");
        }
        if (!startTimeout.isPositive()) {
            throw new IllegalArgumentException("muster.topics.start-timeout must be above zero");
        }
    }

    TopicLayout layout() {
        return new TopicLayout(partitions, replicationFactor);
    }
}
