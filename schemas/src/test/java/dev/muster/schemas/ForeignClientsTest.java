package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.v1.Delivery;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Our registry client and bytes beside Confluent's own client and another copy of Avro, on a real Apicurio
/// Registry and a real broker. Confluent's client comes shaded within an artifact of Flink.
class ForeignClientsTest {

    private static final TestRegistry REGISTRY = TestRegistry.shared();
    private static final Map<String, String> CONFIG = Map.of("schema.registry.url", REGISTRY.url());

    private static SchemaRegistry ours;
    private static SchemaRegistryClient theirs;

    @BeforeAll
    static void connect() {
        ours = SchemaRegistries.from(CONFIG);
        theirs = new CachedSchemaRegistryClient(REGISTRY.url(), 100);
    }

    @Test
    void confluentsClientReadsWhatOursRegistered() throws Exception {
        var id = ours.register("ours-value", Delivery.getClassSchema());

        assertThat(json(theirs.getSchemaById(id).canonicalString())).isEqualTo(Delivery.getClassSchema());
        assertThat(theirs.getId(
                        "ours-value", new AvroSchema(Delivery.getClassSchema().toString())))
                .isEqualTo(id);
        assertThat(theirs.getLatestSchemaMetadata("ours-value").getId()).isEqualTo(id);
    }

    @Test
    void oursReadsWhatConfluentsClientRegistered() throws Exception {
        var id =
                theirs.register("theirs-value", new AvroSchema(Samples.colour(1).toString()));

        assertThat(ours.byId(id)).isEqualTo(Samples.colour(1));
        assertThat(ours.idOf("theirs-value", Samples.colour(1))).isEqualTo(id);
        assertThat(ours.latest("theirs-value").id()).isEqualTo(id);
        assertThat(ours.register("theirs-value", Samples.colour(1))).isEqualTo(id);
    }

    @Test
    void bothAgreeOnEverySchemaOfTheCatalogue() throws Exception {
        var topics = new Topics(new AvroSerdes(ours, CONFIG));
        topics.prepareSchemas();
        for (var topic : topics.all()) {
            var subject = topic.name() + "-value";
            assertThat(theirs.getLatestSchemaMetadata(subject).getId())
                    .isEqualTo(ours.latest(subject).id());
        }
    }

    @Test
    void bothAreRefusedTheSameSchema() throws Exception {
        theirs.register("refused-value", new AvroSchema(Samples.colour(1).toString()));
        theirs.updateCompatibility("refused-value", "FULL_TRANSITIVE");

        assertThat(theirs.testCompatibility(
                        "refused-value",
                        new AvroSchema(Samples.incompatibleColour().toString())))
                .isFalse();
        assertThat(ours.compatibility("refused-value", Samples.incompatibleColour())
                        .compatible())
                .isFalse();
        assertThat(ours.compatibility("refused-value", Samples.colour(2)).compatible())
                .isTrue();
        assertThatThrownBy(() -> ours.register("refused-value", Samples.incompatibleColour()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("for subject refused-value: it answered 409")
                .hasMessageContaining("every new field has a default");
    }

    @Test
    void aNumberThatTheRegistryDoesNotHaveIsUnknown() {
        assertThatThrownBy(() -> ours.byId(987_654)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> ours.latest("nobody-value")).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> ours.idOf("nobody-value", Samples.colour(1)))
                .isInstanceOf(UnknownSchemaException.class);
        assertThat(ours.compatibility("nobody-value", Samples.colour(1)).compatible())
                .isTrue();
        ours.ping();
    }

    @Test
    void confluentsClientAndPlainAvroReadOurRecordsFromATopic() throws Exception {
        var broker = TestBroker.shared();
        broker.createTopic("wire", 1, Map.of());
        try (var producer = new KafkaProducer<String, Object>(Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                        StringSerializer.class.getName(),
                        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                        MusterAvroSerializer.class.getName(),
                        "schema.registry.url",
                        REGISTRY.url()));
                var consumer = new KafkaConsumer<String, byte[]>(Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
                        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName(),
                        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"))) {
            producer.send(new ProducerRecord<>("wire", "k", Samples.delivery())).get(30, TimeUnit.SECONDS);
            consumer.assign(List.of(new TopicPartition("wire", 0)));
            var record = consumer.poll(Duration.ofSeconds(30)).iterator().next();

            var bytes = ByteBuffer.wrap(record.value());
            assertThat(bytes.get()).isZero();
            var schema = ((AvroSchema) theirs.getSchemaById(bytes.getInt())).rawSchema();
            var decoder = DecoderFactory.get().binaryDecoder(bytes.array(), 5, bytes.remaining(), null);
            var read = new GenericDatumReader<org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord>(
                            schema)
                    .read(null, decoder);

            assertThat(read.get("id")).hasToString("d-1");
            assertThat(read.get("receivedAt")).isEqualTo(Samples.NOON.toEpochMilli());
            assertThat(read.get("body")).isEqualTo(Samples.delivery().getBody());
            assertThat(decoder.isEnd()).isTrue();
        }
    }

    @Test
    void oursReadsWhatConfluentsClientAndPlainAvroWrote() throws Exception {
        var schema = new AvroSchema(Samples.colour(2).toString());
        var id = theirs.register("colours-value", schema);
        var record = new org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecordBuilder(schema.rawSchema())
                .set("name", "red")
                .set("shade", 3)
                .build();
        var bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(ByteBuffer.allocate(4).putInt(id).array());
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema.rawSchema()).write(record, encoder);
        encoder.flush();

        try (var deserializer = new MusterAvroDeserializer()) {
            deserializer.configure(CONFIG, false);
            var read = (GenericRecord) deserializer.deserialize("colours", bytes.toByteArray());
            assertThat(read).hasToString(Samples.red(2).toString());
        }
    }

    private static org.apache.avro.Schema json(String text) {
        return new org.apache.avro.Schema.Parser().parse(text);
    }
}
