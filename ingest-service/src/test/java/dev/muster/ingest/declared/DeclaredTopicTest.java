package dev.muster.ingest.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.testkit.TestBroker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class DeclaredTopicTest {

    private static final Topic<String, Scorecard> TOPIC =
            new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://declared"))).scorecards();

    @Test
    void doesNotSayWhatIsDeclaredBeforeItCanReadWhatItWrote() throws Exception {
        try (var broker = TestBroker.start()) {
            broker.createTopic(TOPIC.name(), 1, Map.of());
            waitsForWhatIsExpected(Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "a"));
        }
    }

    private static void waitsForWhatIsExpected(Map<String, Object> kafka) throws Exception {
        try (var declared = new DeclaredTopic<>(TOPIC, kafka);
                var writer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
            declared.start();
            assertThat(declared.current()).isEmpty();

            writer.initTransactions();
            writer.beginTransaction();
            var written = writer.send(new ProducerRecord<>(TOPIC.name(), "ready", bytes()))
                    .get();
            declared.expect(List.of(written));
            assertThatThrownBy(declared::current).isInstanceOf(UnavailableException.class);
            writer.commitTransaction();

            assertThat(declared.current()).containsOnlyKeys("ready");
        }
    }

    private static byte[] bytes() {
        return TOPIC.value()
                .serializer()
                .serialize(
                        TOPIC.name(),
                        Scorecard.newBuilder()
                                .setName("ready")
                                .setTitle("Ready")
                                .setVersion(1)
                                .setAppliesTo("true")
                                .setLevels(List.of("bronze"))
                                .setRules(List.of())
                                .setText("")
                                .setPublishedAt(Instant.EPOCH)
                                .setPublishedBy("")
                                .setDeliveryId("")
                                .setDigest("")
                                .build());
    }
}
