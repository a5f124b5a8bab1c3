package dev.muster.evaluator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AnyTimestampTest {

    private final AnyTimestamp extractor = new AnyTimestamp();

    @Test
    void takesTheTimestampOfTheRecord() {
        assertThat(extractor.extract(record(5), 9)).isEqualTo(5);
    }

    @Test
    void takesARecordWithoutOneAtTheTimeOfItsPartitionAndCountsIt() {
        var meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        try {
            assertThat(extractor.extract(record(-1), 9)).isEqualTo(9);
            assertThat(extractor.extract(record(-1), -1)).isZero();
            assertThat(meters.counter("muster.evaluator.untimed").count()).isEqualTo(2);
        } finally {
            Metrics.removeRegistry(meters);
        }
    }

    private static ConsumerRecord<Object, Object> record(long timestamp) {
        return new ConsumerRecord<>(
                "t", 0, 0, timestamp, TimestampType.CREATE_TIME, 0, 0, "k", "v", new RecordHeaders(), Optional.empty());
    }
}
