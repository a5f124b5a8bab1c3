package dev.muster.evaluator.mapping;

import static dev.muster.schemas.CloudEventHeaders.correlationId;

import dev.muster.evaluator.state.Declaration;
import dev.muster.schemas.v1.Entity;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;

/// Who declared an entity.
public final class DeclarationMapping {

    private DeclarationMapping() {}

    /// Of a deletion only the headers tell.
    public static Declaration of(Record<String, ?> record) {
        return record.value() instanceof Entity entity
                ? new Declaration(entity.getAppliedAt(), entity.getAppliedBy(), entity.getDeliveryId())
                : new Declaration(Instant.ofEpochMilli(record.timestamp()), "", correlationId(record.headers()));
    }
}
