package dev.muster.ingest.declared;

import dev.muster.ingest.consumer.ConsumerConnection;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.ConnectionStatus;
import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.service.SoleWriter;
import dev.muster.service.SoleWriters;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The catalogue, the scorecards, the initiatives, the directory, and what people decided, as ingest knows them.
@Configuration(proxyBeanMethods = false)
class DeclaredConfiguration {

    @Bean
    Declarations<Entity> entities(DeclaredTopics declared, Topics topics, SoleWriters writers) {
        return new Declarations<>(
                topics.catalog(), declared.entities(), writer(writers, topics.catalog()), "dev.muster.entity");
    }

    @Bean
    Declarations<Scorecard> scorecards(DeclaredTopics declared, Topics topics, SoleWriters writers) {
        return new Declarations<>(
                topics.scorecards(),
                declared.scorecards(),
                writer(writers, topics.scorecards()),
                "dev.muster.scorecard");
    }

    @Bean
    Declarations<Initiative> initiatives(DeclaredTopics declared, Topics topics, SoleWriters writers) {
        return new Declarations<>(
                topics.initiatives(),
                declared.initiatives(),
                writer(writers, topics.initiatives()),
                "dev.muster.initiative");
    }

    @Bean
    Declarations<DirectoryEntry> directory(DeclaredTopics declared, Topics topics, SoleWriters writers) {
        return new Declarations<>(
                topics.directory(),
                declared.directory(),
                writer(writers, topics.directory()),
                "dev.muster.directory.entry");
    }

    @Bean
    Declarations<Attestation> attestations(DeclaredTopics declared, Topics topics, SoleWriters writers) {
        return new Declarations<>(
                topics.attestations(),
                declared.attestations(),
                writer(writers, topics.attestations()),
                "dev.muster.attestation");
    }

    @Bean
    Declarations<Exemption> exemptions(DeclaredTopics declared, Topics topics, SoleWriters writers) {
        return new Declarations<>(
                topics.exemptions(),
                declared.exemptions(),
                writer(writers, topics.exemptions()),
                "dev.muster.exemption");
    }

    @Bean
    Declarations<ConnectionStatus> connectionStatuses(DeclaredTopics declared, Topics topics, SoleWriters writers) {
        return new Declarations<>(
                topics.connections(),
                declared.connections(),
                writer(writers, topics.connections()),
                "dev.muster.connection");
    }

    private static SoleWriter writer(SoleWriters writers, Topic<?, ?> topic) {
        return writers.of("muster-ingest-" + topic.name());
    }

    @Bean
    DeclaredTopics declaredTopics(Topics topics, KafkaProperties kafka, KafkaConnectionDetails details) {
        return new DeclaredTopics(
                new DeclaredTopic<>(topics.catalog(), ConsumerConnection.of(kafka, details)),
                new DeclaredTopic<>(topics.scorecards(), ConsumerConnection.of(kafka, details)),
                new DeclaredTopic<>(topics.initiatives(), ConsumerConnection.of(kafka, details)),
                new DeclaredTopic<>(topics.directory(), ConsumerConnection.of(kafka, details)),
                new DeclaredTopic<>(topics.attestations(), ConsumerConnection.of(kafka, details)),
                new DeclaredTopic<>(topics.exemptions(), ConsumerConnection.of(kafka, details)),
                new DeclaredTopic<>(topics.connections(), ConsumerConnection.of(kafka, details)));
    }

    /// Part of readiness: who would apply a catalogue before the old one is known would publish it twice.
    @Bean
    HealthIndicator declarationsHealthIndicator(List<Declarations<?>> all) {
        return () -> all.stream().allMatch(Declarations::isLoaded)
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", "what is declared has not been read to its end yet")
                        .build();
    }
}
