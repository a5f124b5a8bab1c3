package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.TopicGuard;
import dev.muster.schemas.TopicLayout;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.testkit.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.unit.DataSize;

class DeadLettersTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final TestBroker BROKER = TestBroker.shared();

    private final Topics topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://dead")));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AutoClose
    private final ReliableProducer producer = ReliableProducer.open(
            Map.of("bootstrap.servers", BROKER.bootstrapServers()),
            new ProducerSettings(
                    Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20), DataSize.ofMegabytes(80)),
            Traces.none());

    private final DeadLetters deadLetters =
            new DeadLetters(producer, topics, InstantSource.fixed(NOON), meters, "sample");

    @BeforeEach
    void topics() {
        try (var admin = BROKER.admin()) {
            new TopicGuard(admin, topics.all(), new TopicLayout(1, 1), Duration.ofSeconds(30)).ensure();
        }
    }

    @Test
    void keepARecordWholeWithItsReason() {
        deadLetters.publish(record("key", "{oops".getBytes(UTF_8)), "normaliser", DeadLetterReason.NOT_JSON, "line 1");

        var kept = last();
        assertThat(kept.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(CloudEventHeaders.correlationId(kept.headers())).isEqualTo("d-1");
        assertThat(CloudEventHeaders.traceParent(kept.headers())).isEqualTo(TRACE);
        assertThat(read(kept))
                .isEqualTo(DeadLetter.newBuilder()
                        .setTopic("muster.deliveries.v1")
                        .setPartition(3)
                        .setOffset(42)
                        .setTimestamp(NOON.minusSeconds(60))
                        .setKey(ByteBuffer.wrap("key".getBytes(UTF_8)))
                        .setValue(ByteBuffer.wrap("{oops".getBytes(UTF_8)))
                        .setHeaders(Map.of(
                                "correlation-id", ByteBuffer.wrap("d-1".getBytes(UTF_8)),
                                "traceparent", ByteBuffer.wrap(TRACE.getBytes(UTF_8))))
                        .setService("sample")
                        .setStage("normaliser")
                        .setReason("NOT_JSON")
                        .setMessage("line 1")
                        .setFailedAt(NOON)
                        .build());
        assertThat(meters.counter("muster.dead.letters", "stage", "normaliser", "reason", "NOT_JSON")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void keepTheLargestDelivery() {
        var noise = new byte[Topics.MAX_DELIVERY_BODY + 1024 * 1024];
        new Random(1).nextBytes(noise);
        deadLetters.publish(record("large", noise), "normaliser", DeadLetterReason.MAPPING_FAILED, "no such field");
        assertThat(read(last()).getValue()).isEqualTo(ByteBuffer.wrap(noise));
    }

    @Test
    void keepTheReasonWhenTheRecordIsTooLargeToBeKept() {
        deadLetters.publish(
                record("huge", new byte[Topics.MAX_RECORD]), "normaliser", DeadLetterReason.TOO_LARGE, "huge");
        assertThat(read(last()).getValue()).isNull();
        assertThat(read(last()).getMessage()).startsWith("huge (too large to be kept: ");
    }

    @Test
    void cutALongMessage() {
        deadLetters.publish(record("k", new byte[0]), "s", DeadLetterReason.UNREADABLE, "x".repeat(10_000));
        assertThat(read(last()).getMessage()).hasSize(4001);
    }

    @Test
    void understandTheMessagesOfSpringCloudStream() {
        var message = MessageBuilder.withPayload("v".getBytes(UTF_8))
                .setHeader(KafkaHeaders.RECEIVED_TOPIC, "muster.deliveries.v1")
                .setHeader(KafkaHeaders.RECEIVED_PARTITION, 3)
                .setHeader(KafkaHeaders.OFFSET, 42L)
                .setHeader(KafkaHeaders.RECEIVED_TIMESTAMP, NOON.toEpochMilli())
                .setHeader(KafkaHeaders.RECEIVED_KEY, "key".getBytes(UTF_8))
                .setHeader("correlation-id", "d-1".getBytes(UTF_8))
                .setHeader("traceparent", TRACE)
                .setHeader("contentType", "application/avro")
                .build();

        var record = DeadRecord.of(message);

        assertThat(record).hasToString("muster.deliveries.v1-3@42");
        assertThat(record.timestamp()).isEqualTo(NOON);
        assertThat(record.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(record.value()).isEqualTo("v".getBytes(UTF_8));
        assertThat(record.headers()).containsOnlyKeys("correlation-id", "traceparent");
        assertThat(record.traceParent()).isEqualTo(TRACE);
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, byte[] value) {
        var headers = new RecordHeaders()
                .add("correlation-id", "d-1".getBytes(UTF_8))
                .add("traceparent", TRACE.getBytes(UTF_8));
        return new ConsumerRecord<>(
                "muster.deliveries.v1",
                3,
                42,
                NOON.minusSeconds(60).toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                value.length,
                key.getBytes(UTF_8),
                value,
                headers,
                Optional.empty());
    }

    private DeadLetter read(ConsumerRecord<byte[], byte[]> record) {
        return topics.deadLetters().value().deserializer().deserialize(record.topic(), record.value());
    }

    private static ConsumerRecord<byte[], byte[]> last() {
        var name = dev.muster.schemas.TopicNames.DEAD_LETTERS;
        try (var consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partition = new TopicPartition(name, 0);
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.seek(partition, consumer.position(partition) - 1);
            return IntStream.range(0, 30)
                    .mapToObj(_ -> consumer.poll(Duration.ofSeconds(1)))
                    .filter(records -> !records.isEmpty())
                    .findFirst()
                    .orElseThrow()
                    .iterator()
                    .next();
        }
    }
}
