package dev.muster.evaluator.runtime;

import static java.util.Objects.requireNonNullElse;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.TopicNames;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.service.DeadLetters;
import io.micrometer.core.instrument.Metrics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/// Makes the dead letter of a record: its bytes as they stood, where, and why.
final class DeadLetterRecords {

    private static final int LONGEST_MESSAGE = 1000;

    private final Serializer<DeadLetter> serializer;

    DeadLetterRecords(AvroSerdes avro) {
        this.serializer = avro.of(DeadLetter.class).serializer();
    }

    ProducerRecord<byte[], byte[]> of(ErrorHandlerContext context, DeadLetterReason reason, Exception error) {
        var failedAt = Instant.now();
        // Without a topic, it was the clock that made the step run.
        var topic = requireNonNullElse(context.topic(), "");
        var stage = requireNonNullElse(context.processorNodeId(), "");
        var letter = new DeadLetter(
                topic,
                context.partition(),
                context.offset(),
                Instant.ofEpochMilli(Math.max(0, context.timestamp())),
                buffer(context.sourceRawKey()),
                buffer(context.sourceRawValue()),
                headers(context.headers()),
                "evaluator",
                stage,
                reason.name(),
                message(error),
                failedAt);
        var about = CloudEventHeaders.of(
                "%s/%d/%d".formatted(topic, context.partition(), context.offset()),
                "/muster/evaluator",
                "dev.muster.dead-letter.kept.v1",
                failedAt,
                topic,
                CloudEventHeaders.correlationId(context.headers()));
        CloudEventHeaders.traceOf(context.headers()).forEach(about::add);
        DeadLetters.METER.counter(Metrics.globalRegistry, stage, reason.name()).increment();
        return new ProducerRecord<>(
                TopicNames.DEAD_LETTERS,
                null,
                failedAt.toEpochMilli(),
                context.sourceRawKey(),
                serializer.serialize(TopicNames.DEAD_LETTERS, letter),
                about);
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static Map<String, ByteBuffer> headers(Headers headers) {
        var map = new HashMap<String, ByteBuffer>();
        headers.forEach(it -> map.put(it.key(), ByteBuffer.wrap(requireNonNullElse(it.value(), new byte[0]))));
        return map;
    }

    private static String message(Throwable error) {
        var text = requireNonNullElse(error.getMessage(), error.getClass().getName());
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
    }
}
