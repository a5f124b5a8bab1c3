package dev.muster.service;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.SchemaRegistries;
import dev.muster.schemas.SchemaRegistry;
import dev.muster.schemas.TopicGuard;
import dev.muster.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;

/// Kafka and the schema registry, from Boot's own `spring.kafka.*`.
@AutoConfiguration(
        after = KafkaAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties({TopicsSettings.class, ProducerSettings.class})
class KafkaConnectionAutoConfiguration {

    /// For one question to a broker, so that a start can ask again and a probe can end.
    private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(5);

    @Bean
    @ConditionalOnMissingBean
    InstantSource instantSource() {
        return InstantSource.system();
    }

    @Bean
    @ConditionalOnMissingBean
    SchemaRegistry schemaRegistry(KafkaProperties kafka) {
        return SchemaRegistries.from(kafka.getProperties());
    }

    @Bean
    @ConditionalOnMissingBean
    AvroSerdes avroSerdes(SchemaRegistry registry, KafkaProperties kafka) {
        return new AvroSerdes(registry, kafka.getProperties());
    }

    @Bean
    @ConditionalOnMissingBean
    Topics topics(AvroSerdes avro) {
        return new Topics(avro);
    }

    @Bean
    @ConditionalOnMissingBean
    Admin kafkaAdminClient(KafkaProperties kafka, KafkaConnectionDetails details) {
        var config = connection(kafka.buildAdminProperties(), details.getAdmin());
        config.put("request.timeout.ms", (int) ADMIN_TIMEOUT.toMillis() / 2);
        config.put("default.api.timeout.ms", (int) ADMIN_TIMEOUT.toMillis());
        return Admin.create(config);
    }

    @Bean
    @ConditionalOnMissingBean
    TopicGuard topicGuard(Admin admin, Topics topics, TopicsSettings settings) {
        return new TopicGuard(admin, topics.all(), settings.layout(), ADMIN_TIMEOUT);
    }

    @Bean
    @ConditionalOnProperty(name = "muster.topics.check-at-start", matchIfMissing = true)
    TopicsAtStart topicsAtStart(TopicGuard guard, Topics topics, TopicsSettings settings) {
        return new TopicsAtStart(guard, topics, settings.startTimeout());
    }

    @Bean
    @ConditionalOnMissingBean
    ReliableProducer reliableProducer(
            KafkaProperties kafka,
            KafkaConnectionDetails details,
            ProducerSettings settings,
            Traces traces,
            ObjectProvider<MeterRegistry> meters) {
        var producer = ReliableProducer.open(
                connection(kafka.buildProducerProperties(), details.getProducer()), settings, traces);
        meters.ifAvailable(registry -> {
            @SuppressWarnings("resource") // lives as long as the producer
            var metrics = new KafkaClientMetrics(producer.client());
            metrics.bindTo(registry);
        });
        return producer;
    }

    @Bean
    @ConditionalOnMissingBean
    SoleWriters soleWriters(KafkaProperties kafka, KafkaConnectionDetails details, ProducerSettings settings) {
        return new SoleWriters(connection(kafka.buildProducerProperties(), details.getProducer()), settings);
    }

    @Bean
    @ConditionalOnMissingBean
    DeadLetters deadLetters(
            ReliableProducer producer,
            Topics topics,
            InstantSource clock,
            ObjectProvider<MeterRegistry> meters,
            @Value("${spring.application.name:muster}") String service) {
        return new DeadLetters(producer, topics, clock, meters.getIfAvailable(() -> Metrics.globalRegistry), service);
    }

    /// Without what only the registry reads, of which the client would complain.
    private static Map<String, Object> connection(
            Map<String, Object> properties, KafkaConnectionDetails.Configuration details) {
        var config = new HashMap<>(properties);
        config.put("bootstrap.servers", details.getBootstrapServers());
        config.keySet()
                .removeIf(name -> name.startsWith("schema.registry.")
                        || name.startsWith("basic.auth.")
                        || name.startsWith("bearer.auth."));
        return config;
    }
}
