package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testkit.TestBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SoleWriterTest {

    private final String topic = "sole-" + UUID.randomUUID();
    private final SoleWriter one = writer(TestBroker.shared().bootstrapServers());
    private final SoleWriter other = writer(TestBroker.shared().bootstrapServers());

    private SoleWriter writer(String bootstrapServers) {
        var settings = new ProducerSettings(
                Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofMillis(2_500), DataSize.ofMegabytes(64));
        return new SoleWriters(Map.of("bootstrap.servers", bootstrapServers), settings).of(topic + "-writer");
    }

    @BeforeEach
    void createTopic() {
        TestBroker.shared().createTopic(topic, 1, Map.of("max.message.bytes", "20000"));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void writesAsLongAsNobodyElseTakesTheRight() {
        assertThat(one.take()).isTrue();
        assertThat(one.write(records("a", "b"))).isPresent();
        assertThat(one.take()).as("it has it already").isFalse();
        assertThat(one.write(records("c")))
                .hasValueSatisfying(it -> assertThat(it)
                        .singleElement()
                        .extracting(RecordMetadata::topic)
                        .isEqualTo(topic));

        assertThat(readable()).containsExactly("a", "b", "c");
    }

    @Test
    void writesNothingOnceAnotherHasTakenTheRight() {
        one.take();
        other.take();

        assertThat(one.write(records("of one"))).isEmpty();
        assertThat(other.write(records("of the other"))).isPresent();
        assertThat(one.take()).as("it is taken anew").isTrue();
        assertThat(one.write(records("of one again"))).isPresent();

        assertThat(readable()).containsExactly("of the other", "of one again");
    }

    @Test
    void writesAllOfItOrNothing() {
        one.take();

        assertThatThrownBy(() -> one.write(records("small", incompressible())))
                .isInstanceOf(RecordTooLargeException.class);
        assertThat(one.write(records("after"))).isPresent();

        assertThat(readable()).containsExactly("after");
    }

    @Test
    void saysThatKafkaDoesNotAnswer() {
        try (var nowhere = writer("localhost:1")) {
            assertThatThrownBy(nowhere::take)
                    .isInstanceOf(RecordNotAcknowledgedException.class)
                    .hasMessageContaining(topic + "-writer");
        }
    }

    private static String incompressible() {
        var bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private List<ProducerRecord<byte[], byte[]>> records(String... values) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var value : values) {
            records.add(new ProducerRecord<>(topic, "key".getBytes(UTF_8), value.getBytes(UTF_8)));
        }
        return records;
    }

    /// What who reads committed records sees, up to the end as it is once nothing is open any more.
    private List<String> readable() {
        var values = new ArrayList<String>();
        var config = Map.<String, Object>of(
                "bootstrap.servers", TestBroker.shared().bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < last(partition)) {
                consumer.poll(Duration.ofMillis(100)).forEach(it -> values.add(it.value()));
            }
        }
        return values;
    }

    private static long last(TopicPartition partition) {
        var config =
                Map.<String, Object>of("bootstrap.servers", TestBroker.shared().bootstrapServers());
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }
}
