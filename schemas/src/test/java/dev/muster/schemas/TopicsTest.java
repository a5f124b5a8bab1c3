package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://topics");

    private final Topics topics = new Topics(AvroSerdes.from(CONFIG));

    @Test
    void areAllThatHaveAName() throws IllegalAccessException {
        var names = Arrays.stream(TopicNames.class.getFields())
                .map(TopicsTest::value)
                .toList();
        assertThat(topics.all()).extracting(Topic::name).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void areNamedByNounAndMajorVersion() {
        assertThat(topics.all()).allSatisfy(topic -> assertThat(topic.name()).matches("muster\\.[a-z-]+\\.v\\d+"));
    }

    @Test
    void keepTheStateOfThingsForEverAndTheStoryForATime() {
        assertThat(topics.all())
                .filteredOn(topic -> topic.retention() instanceof Retention.Compact)
                .extracting(Topic::name)
                .containsExactly(
                        TopicNames.CONNECTIONS,
                        TopicNames.CATALOG,
                        TopicNames.SCORECARDS,
                        TopicNames.INITIATIVES,
                        TopicNames.DIRECTORY,
                        TopicNames.ATTESTATIONS,
                        TopicNames.EXEMPTIONS,
                        TopicNames.RECONCILIATIONS,
                        TopicNames.RESULTS);
        assertThat(topics.all())
                .filteredOn(topic -> topic.retention() instanceof Retention.Compact it
                        && it.history().toDays() == days(topics.facts()))
                .extracting(Topic::name)
                .containsExactly(TopicNames.CATALOG, TopicNames.SCORECARDS);
        assertThat(days(topics.audit())).isEqualTo(365);
        assertThat(days(topics.deliveries())).isEqualTo(30);
        assertThat(days(topics.facts())).isEqualTo(365);
        assertThat(days(topics.transitions())).isEqualTo(365);
        assertThat(days(topics.receipts())).isEqualTo(90);
        assertThat(days(topics.deadLetters())).isEqualTo(30);
    }

    @Test
    void holdTheLargestDeliveryAndItsDeadLetter() {
        assertThat(topics.deliveries().retention().maxMessageBytes()).isGreaterThan(Topics.MAX_DELIVERY_BODY);
        assertThat(topics.deadLetters().retention().maxMessageBytes())
                .isGreaterThan(topics.deliveries().retention().maxMessageBytes());
        assertThat(Topics.MAX_RECORD)
                .isEqualTo(topics.all().stream()
                        .mapToInt(topic -> topic.retention().maxMessageBytes())
                        .max()
                        .orElseThrow());
    }

    @Test
    void prepareTheirSchemas() {
        topics.prepareSchemas();
        var registry = SchemaRegistries.from(CONFIG);
        assertThat(topics.all())
                .allSatisfy(topic -> assertThat(registry.latest(topic.name() + "-value")
                                .schema()
                                .getFullName())
                        .isEqualTo(topic.type().getName()));
    }

    @Test
    void areLaidOutWithinReason() {
        assertThatThrownBy(() -> new TopicLayout(0, -1)).hasMessage("partitions must be from 1 to 1000, not 0");
        assertThatThrownBy(() -> new TopicLayout(1, 0)).hasMessageStartingWith("replicationFactor must be at least 1");
    }

    private static long days(Topic<?, ?> topic) {
        return topic.retention() instanceof Retention.Delete(Duration time, var _) ? time.toDays() : -1;
    }

    private static String value(java.lang.reflect.Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
