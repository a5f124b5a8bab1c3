package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Receipt;
import dev.muster.schemas.v1.ReceiptState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// The producer without a broker; with one, see [BrokerFaultsTest].
class ReliableProducerTest {

    private static final ProducerSettings SETTINGS = new ProducerSettings(
            Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofMillis(2500), DataSize.ofMegabytes(64));

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final ReliableProducer producer = new ReliableProducer(kafka, Traces.none());
    private final Topics topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://producer")));

    @Test
    void setsWhatMakesItReliableOverWhatIsConfigured() {
        var connection =
                new HashMap<String, Object>(Map.of("acks", "1", "enable.idempotence", false, "client.id", "me"));
        assertThat(ReliableProducer.config(connection, SETTINGS))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.block.ms", 2000L)
                .containsEntry("delivery.timeout.ms", 6000)
                .containsEntry("request.timeout.ms", 2500)
                .containsEntry("max.request.size", Topics.MAX_RECORD)
                .containsEntry("client.id", "me");
    }

    @Test
    void completesWhenKafkaAcknowledges() {
        var sent = producer.send(topics.receipts(), "n-1", receipt(), new RecordHeaders());
        assertThat(sent).isNotDone();
        kafka.completeNext();
        assertThat(sent).isCompletedWithValueMatching(it -> it.topic().equals("muster.receipts.v1"));
        assertThat(kafka.history())
                .singleElement()
                .satisfies(it -> assertThat(it.key()).isEqualTo("n-1".getBytes(UTF_8)));
    }

    @Test
    void writesTombstones() {
        var _ = producer.send(topics.receipts(), "n-1", null, new RecordHeaders());
        assertThat(kafka.history())
                .singleElement()
                .satisfies(it -> assertThat(it.value()).isNull());
    }

    @Test
    void saysThatKafkaDidNotAcknowledge() {
        var sent = producer.send(new ProducerRecord<>("t", new byte[1]));
        kafka.errorNext(new TimeoutException("Expiring 1 record(s) for t-0"));
        assertThat(sent).isCompletedExceptionally();
        assertThatThrownBy(sent::join)
                .hasCauseInstanceOf(RecordNotAcknowledgedException.class)
                .hasRootCauseMessage("Expiring 1 record(s) for t-0");
    }

    @Test
    void saysThatTheRecordIsAtFault() {
        var sent = producer.send(new ProducerRecord<>("t", new byte[1]));
        kafka.errorNext(new RecordTooLargeException("too large"));
        assertThatThrownBy(sent::join).hasCauseInstanceOf(RecordTooLargeException.class);

        assertThatThrownBy(() -> producer.sendAndWait(topics.receipts(), "n", new Receipt(), new RecordHeaders()))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void saysThatTheRegistryIsNotThere() {
        var nowhere =
                new Topics(AvroSerdes.from(Map.of("schema.registry.url", "http://localhost:1", "max.retries", 0)));
        assertThatThrownBy(() -> producer.sendAndWait(nowhere.receipts(), "n", receipt(), new RecordHeaders()))
                .isInstanceOf(RecordNotAcknowledgedException.class)
                .hasMessageContaining("The schema registry http://localhost:1 does not answer");
    }

    @Test
    void refusesAfterItsEnd() {
        producer.close();
        assertThatThrownBy(() -> producer.sendAndWait(new ProducerRecord<>("t", new byte[1])))
                .isInstanceOf(RecordNotAcknowledgedException.class);
    }

    static Receipt receipt() {
        return Receipt.newBuilder()
                .setNotificationId("n-1")
                .setChannel("email")
                .setDestination("payments")
                .setState(ReceiptState.SENT)
                .setAttempts(1)
                .setAt(Instant.parse("2026-03-01T12:00:00Z"))
                .build();
    }
}
