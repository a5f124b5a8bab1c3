package dev.muster.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class TopicReaderTest {

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type":"record","name":"Seen","fields":[{"name":"what","type":["null","string"]}]}""");

    private final TestBroker broker = TestBroker.shared();
    private final TestRegistry registry = TestRegistry.shared();
    private final TopicReader reader = new TopicReader(broker.bootstrapServers(), registry.url());

    @Test
    void readsWhatIsCommittedAndNothingElse() throws IOException {
        broker.createTopic("seen", 1, Map.of());
        var id = register("seen-value");
        try (var producer = producer("reader-test")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("seen", "a", wire(id, "aborted")));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                    "seen",
                    null,
                    "a",
                    wire(id, "first"),
                    List.of(new RecordHeader("ce_type", "t.v1".getBytes(UTF_8)))));
            producer.send(new ProducerRecord<>("seen", "b", wire(id, null)));
            producer.send(new ProducerRecord<>("seen", "c", wire(id, "gone")));
            producer.send(new ProducerRecord<>("seen", "c", null));
            producer.commitTransaction();
        }

        var messages = reader.read("seen");
        assertThat(messages).extracting(TopicReader.Message::key).containsExactly("a", "b", "c", "c");
        assertThat(messages.getFirst().text("what")).contains("first");
        assertThat(messages.getFirst().headers()).containsEntry("ce_type", "t.v1");
        assertThat(messages.get(1).text("what")).isEmpty();
        assertThat(reader.table("seen")).containsOnlyKeys("a", "b");
    }

    private int register(String subject) {
        var answer = Http.at(registry.url())
                .with("Content-Type", "application/vnd.schemaregistry.v1+json")
                .post("/subjects/" + subject + "/versions", """
                        {"schema":"%s"}""".formatted(
                                SCHEMA.toString().replace("\"", "\\\"")));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().path("id").asInt();
    }

    private KafkaProducer<String, byte[]> producer(String transactionalId) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", transactionalId);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private static byte[] wire(int id, String what) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(0);
        out.write(ByteBuffer.allocate(4).putInt(id).array());
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(SCHEMA)
                .write(new GenericRecordBuilder(SCHEMA).set("what", what).build(), encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
