package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.DeadLetter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps records that could not be used, whole and with the reason, so that their partition can go on.
///
public final class DeadLetters {

    public static final MeterDefinition METER = MeterDefinition.counter(
                    "muster.dead.letters", "Records that were given up, each kept whole in muster.dead-letters.v1")
            .withBound(
                    "stage",
                    "the step that gave up: `normaliser`, `intake`, `delivery`, a projection, a step of the topology")
            .with("reason", DeadLetterReason.class);

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MAX_MESSAGE = 4000;

    private final ReliableProducer producer;
    private final Topics topics;
    private final InstantSource clock;
    private final Counters meters;
    private final String service;

    /// @param service name of the service that gives up
    public DeadLetters(
            ReliableProducer producer, Topics topics, InstantSource clock, MeterRegistry meters, String service) {
        this.producer = producer;
        this.topics = topics;
        this.clock = clock;
        this.meters = METER.counters(meters);
        this.service = service;
    }

    /// Keeps a record as a consumer got it; see the other.
    public void publish(ConsumerRecord<byte[], byte[]> record, String stage, DeadLetterReason reason, String message) {
        publish(DeadRecord.of(record), stage, reason, message);
    }

    /// Returns when the record is kept.
    ///
    /// @param stage where in the service, such as `normaliser`
    /// @param message what was wrong, for people, without any secret; cut at 4000 characters
    /// @throws RecordNotAcknowledgedException when Kafka does not take it; the record may not be passed over then
    public void publish(DeadRecord record, String stage, DeadLetterReason reason, String message) {
        try {
            send(record, letter(record, record.value(), stage, reason, message));
        } catch (RecordTooLargeException e) {
            send(
                    record,
                    letter(record, null, stage, reason, message + " (too large to be kept: " + e.getMessage() + ")"));
        }
        meters.count(stage, reason.name());
        log.warn("Gave up {} in {}: {}: {}", record, stage, reason, shortened(message));
    }

    private void send(DeadRecord record, DeadLetter letter) {
        var topic = topics.deadLetters();
        var headers = CloudEventHeaders.of(
                record.toString(),
                "/muster/" + service,
                "dev.muster.dead-letter.kept.v1",
                letter.getFailedAt(),
                record.topic(),
                correlationId(record));
        var trace = record.headers().get(CloudEventHeaders.TRACE_PARENT);
        if (trace != null) {
            headers.add(CloudEventHeaders.TRACE_PARENT, trace);
        }
        var value = topic.value().serializer().serialize(topic.name(), headers, letter);
        producer.sendAndWait(new ProducerRecord<>(topic.name(), null, record.key(), value, headers));
    }

    private static @Nullable String correlationId(DeadRecord record) {
        var value = record.headers().get(CloudEventHeaders.CORRELATION_ID);
        return value == null ? null : new String(value, UTF_8);
    }

    private DeadLetter letter(
            DeadRecord record, byte @Nullable [] value, String stage, DeadLetterReason reason, String message) {
        return DeadLetter.newBuilder()
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setTimestamp(record.timestamp())
                .setKey(buffer(record.key()))
                .setValue(buffer(value))
                .setHeaders(buffers(record.headers()))
                .setService(service)
                .setStage(stage)
                .setReason(reason.name())
                .setMessage(shortened(message))
                .setFailedAt(clock.instant())
                .build();
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static Map<String, ByteBuffer> buffers(Map<String, byte[]> headers) {
        var buffers = new HashMap<String, ByteBuffer>();
        headers.forEach((name, value) -> buffers.put(name, ByteBuffer.wrap(value)));
        return buffers;
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }
}
