package dev.muster.service;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How long the [ReliableProducer] may take, and how much it may hold.
///
/// Together the first two bound what a sender waits for: a send that fails has failed after `maxBlock` when Kafka was
/// not to be found, and after `deliveryTimeout` when it did not answer.
///
/// @param maxBlock how long a send may wait for the place of a topic or for memory
/// @param deliveryTimeout how long a record may be on its way, with all retries
/// @param requestTimeout how long one try may take; below deliveryTimeout
/// @param bufferMemory what may wait to be sent; has to hold the largest record
@ConfigurationProperties(value = "muster.producer", ignoreUnknownFields = false)
record ProducerSettings(
        @DefaultValue("2s") Duration maxBlock,
        @DefaultValue("6s") Duration deliveryTimeout,
        @DefaultValue("2500ms") Duration requestTimeout,
        @DefaultValue("64MB") DataSize bufferMemory) {

    /// What Kafka waits for more records before it sends; part of the delivery timeout.
    static final Duration LINGER = Duration.ofMillis(5);

    ProducerSettings {
        if (maxBlock.isNegative()) {
            throw new IllegalArgumentException("muster.producer.max-block must not be negative");
        }
        if (!requestTimeout.isPositive()) {
            throw new IllegalArgumentException("muster.producer.request-timeout must be above zero");
        }
        if (deliveryTimeout.compareTo(requestTimeout.plus(LINGER)) < 0) {
            throw new IllegalArgumentException(
                    "muster.producer.delivery-timeout must be above muster.producer.request-timeout by 5 ms at least");
        }
        if (bufferMemory.compareTo(DataSize.ofMegabytes(36)) < 0) {
            throw new IllegalArgumentException("muster.producer.buffer-memory must be at least 36MB");
        }
    }
}
