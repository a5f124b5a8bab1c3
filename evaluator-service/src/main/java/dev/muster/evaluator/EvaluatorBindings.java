package dev.muster.evaluator;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.library.Framework;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.runtime.StreamsHealth;
import dev.muster.evaluator.runtime.ThreadReplacement;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.service.DeadLetters;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.kafka.config.KafkaStreamsInfrastructureCustomizer;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;

/// Hangs the topology into Spring Cloud Stream. `application.yaml` names the topics of `evaluate-in-0` and
/// `evaluate-in-1`; the topology knows its outputs itself, because they share a transaction and a type would not do for
/// both.
@Configuration(proxyBeanMethods = false)
class EvaluatorBindings {

    /// What a stop may take: less than a phase of Spring's.
    private static final int CLOSE_SECONDS = 18;

    @Bean
    EvaluatorTopology topology(
            Topics topics,
            AvroSerdes avro,
            EvaluatorSettings settings,
            @Value("${muster.topics.partitions:6}") int partitions,
            MeterRegistry registry,
            DeadLetters deadLetters)
            throws DefinitionException {
        return new EvaluatorTopology(
                topics,
                avro,
                framework(settings.frameworkDir()).facts(),
                partitions,
                settings.pace(),
                System::nanoTime,
                new EvaluatorMeters(registry),
                (topic, partition, offset, record, reason, message) ->
                        deadLetters.publish(raw(topic, partition, offset, record), "scorecards", reason, message));
    }

    @Bean
    BiConsumer<KStream<String, Entity>, KStream<String, FactsObserved>> evaluate(EvaluatorTopology topology) {
        return topology::connect;
    }

    /// The binder finds serdes by the types of the function.
    @Bean
    Serde<Entity> entitySerde(Topics topics) {
        return topics.catalog().value();
    }

    @Bean
    Serde<FactsObserved> factsSerde(Topics topics) {
        return topics.facts().value();
    }

    @Bean
    StreamsHealth streamsState() {
        return new StreamsHealth();
    }

    @Bean
    HealthIndicator streamsHealthIndicator(StreamsHealth state) {
        return state.readiness();
    }

    @Bean
    HealthIndicator streamsAliveHealthIndicator(StreamsHealth state) {
        return state.liveness();
    }

    /// Primary, because the binder asks for one only, and Spring Boot has one too (for meters, which the binder binds).
    @Bean
    @Primary
    StreamsBuilderFactoryBeanConfigurer streamsConfigurer(
            EvaluatorSettings settings, EvaluatorTopology topology, StreamsHealth state, InstantSource clock) {
        return streams -> {
            var properties = requireNonNull(streams.getStreamsConfiguration());
            settings.streams().toMap().forEach(properties::putIfAbsent);
            properties.keySet().removeIf(name -> name.toString().endsWith("enable.auto.commit"));
            streams.setStreamsConfiguration(properties);
            streams.setInfrastructureCustomizer(new KafkaStreamsInfrastructureCustomizer() {
                @Override
                public void configureBuilder(StreamsBuilder builder) {
                    topology.addScorecards(builder);
                }
            });
            streams.setStateListener(state);
            streams.setStreamsUncaughtExceptionHandler(new ThreadReplacement(settings.replacements(), clock));
            streams.setCloseTimeout(CLOSE_SECONDS);
        };
    }

    private static Framework framework(@Nullable Path folder) throws DefinitionException {
        var shipped = Framework.fromClassPath();
        return folder == null ? shipped : shipped.and(folder);
    }

    /// The record as a consumer would have got it.
    private static ConsumerRecord<byte[], byte[]> raw(
            String topic, int partition, long offset, Record<String, byte[]> record) {
        var key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                record.timestamp(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key,
                record.value(),
                record.headers(),
                Optional.empty());
    }
}
