package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.CloudEventHeaders;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;

/// A record that could not be used, as it was found.
///
/// @param headers the last value of each
@SuppressWarnings("ArrayRecordComponent") // nobody compares dead records
public record DeadRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Map<String, byte[]> headers) {

    public DeadRecord {
        headers = Map.copyOf(headers);
    }

    /// As a consumer of Kafka got it.
    public static DeadRecord of(ConsumerRecord<byte[], byte[]> record) {
        var headers = new LinkedHashMap<String, byte[]>();
        record.headers().forEach(header -> {
            if (header.value() != null) {
                headers.put(header.key(), header.value());
            }
        });
        return new DeadRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                headers);
    }

    /// As a function of Spring Cloud Stream got it, with the payload and the key as bytes.
    public static DeadRecord of(Message<?> message) {
        var from = message.getHeaders();
        var headers = new LinkedHashMap<String, byte[]>();
        from.forEach((name, value) -> {
            var header = header(name, value);
            if (header != null && !name.startsWith(KafkaHeaders.PREFIX)) {
                headers.put(name, header);
            }
        });
        var timestamp = from.get(KafkaHeaders.RECEIVED_TIMESTAMP, Long.class);
        return new DeadRecord(
                orElse(from.get(KafkaHeaders.RECEIVED_TOPIC, String.class), ""),
                orElse(from.get(KafkaHeaders.RECEIVED_PARTITION, Integer.class), -1),
                orElse(from.get(KafkaHeaders.OFFSET, Long.class), -1L),
                Instant.ofEpochMilli(orElse(timestamp, 0L)),
                from.get(KafkaHeaders.RECEIVED_KEY) instanceof byte[] key ? key : null,
                message.getPayload() instanceof byte[] payload ? payload : null,
                headers);
    }

    /// A header of the record among those of a message; null for what is none. Spring makes the header of a trace into
    /// text, and of no other.
    public static byte @Nullable [] header(String name, @Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> bytes;
            case String text when name.equals(CloudEventHeaders.TRACE_PARENT) -> text.getBytes(UTF_8);
            case null, default -> null;
        };
    }

    /// The trace that the record belongs to, as its header says; null when it says nothing.
    public @Nullable String traceParent() {
        var header = headers.get(CloudEventHeaders.TRACE_PARENT);
        return header == null ? null : new String(header, UTF_8);
    }

    private static <T> T orElse(@Nullable T value, T other) {
        return value == null ? other : value;
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
