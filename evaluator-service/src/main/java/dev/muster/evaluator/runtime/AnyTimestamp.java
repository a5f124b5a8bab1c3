package dev.muster.evaluator.runtime;

import dev.muster.evaluator.meters.EvaluatorMeters;
import io.micrometer.core.instrument.Metrics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/// Takes a record without a believable timestamp too: Kafka Streams would drop it in silence or stop.
///
/// Nothing here depends on the timestamps of records, because versions travel within them; so such a record is handled
/// like any other, at the time of its partition, and counted in `muster.evaluator.untimed`.
public final class AnyTimestamp implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.timestamp() >= 0) {
            return record.timestamp();
        }
        EvaluatorMeters.untimed(Metrics.globalRegistry).increment();
        return Math.max(0, partitionTime);
    }
}
