package dev.muster.notifier;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogReader;
import dev.muster.notifier.connection.SilentConnections;
import dev.muster.notifier.initiative.Initiatives;
import dev.muster.notifier.ledger.ReminderKind;
import dev.muster.notifier.pipeline.Intake;
import dev.muster.notifier.reminder.Noting;
import dev.muster.notifier.transition.TransitionReader;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Transition;
import dev.muster.service.DeadLetters;
import dev.muster.service.DeadRecord;
import dev.muster.service.Traces;
import io.micrometer.tracing.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.messaging.Message;
import org.springframework.transaction.TransactionException;
import org.springframework.util.backoff.ExponentialBackOff;

/// Where records come in.
///
/// An offset is committed only after the ledger has the record or the dead letters have it. When neither database nor
/// Kafka nor the registry can take part, the record waits; nothing else makes a partition wait.
@Configuration(proxyBeanMethods = false)
class Consumers {

    private static final long FIRST_WAIT = 500;
    private static final long LONGEST_WAIT = 10_000;

    @Bean
    Consumer<Message<byte[]>> transitionIntake(Topics topics, Intake intake, DeadLetters deadLetters, Traces traces) {
        return message -> consume(message, topics.transitions(), deadLetters, (key, transition, record) -> {
            if (transition != null) {
                traces.within("intake", Span.Kind.CONSUMER, record.traceParent(), () -> {
                    traces.tell("muster.transition", transition.getId());
                    return accept(intake, transition, record);
                });
            }
        });
    }

    private static boolean accept(Intake intake, Transition transition, DeadRecord record) {
        var written = record.timestamp().equals(Instant.EPOCH) ? transition.getAt() : record.timestamp();
        return intake.accept(TransitionReader.read(transition), written);
    }

    @Bean
    Consumer<Message<byte[]>> catalogIntake(
            Topics topics, Catalog catalog, Initiatives initiatives, DeadLetters deadLetters) {
        return message -> consume(message, topics.catalog(), deadLetters, (key, entity, _) -> {
            if (entity == null) {
                catalog.remove(key);
                initiatives.forget(key);
            } else {
                catalog.put(CatalogReader.read(entity), entity.getAppliedAt());
                initiatives.describe(entity);
            }
        });
    }

    @Bean
    Consumer<Message<byte[]>> initiativeIntake(Topics topics, Noting noting, DeadLetters deadLetters) {
        return message -> consume(message, topics.initiatives(), deadLetters, (key, initiative, record) -> {
            if (initiative == null) {
                noting.goneInitiative(key, record.timestamp());
            } else {
                noting.hear(initiative);
            }
        });
    }

    @Bean
    Consumer<Message<byte[]>> attestationIntake(Topics topics, Noting noting, DeadLetters deadLetters) {
        return message -> consume(message, topics.attestations(), deadLetters, (key, attestation, record) -> {
            if (attestation == null) {
                noting.gone(ReminderKind.ATTESTATION_ENDS, key, record.timestamp());
            } else {
                noting.hear(attestation);
            }
        });
    }

    @Bean
    Consumer<Message<byte[]>> exemptionIntake(Topics topics, Noting noting, DeadLetters deadLetters) {
        return message -> consume(message, topics.exemptions(), deadLetters, (key, exemption, record) -> {
            if (exemption == null) {
                noting.gone(ReminderKind.EXEMPTION_ENDS, key, record.timestamp());
            } else {
                noting.hear(exemption);
            }
        });
    }

    @Bean
    Consumer<Message<byte[]>> scorecardIntake(Topics topics, Noting noting, DeadLetters deadLetters) {
        return message -> consume(message, topics.scorecards(), deadLetters, (key, scorecard, record) -> {
            if (scorecard == null) {
                noting.gone(ReminderKind.RULE_COUNTS, key, record.timestamp());
            } else {
                noting.hear(scorecard);
            }
        });
    }

    @Bean
    Consumer<Message<byte[]>> connectionIntake(Topics topics, SilentConnections connections, DeadLetters deadLetters) {
        return message -> consume(message, topics.connections(), deadLetters, (key, status, record) -> {
            if (status == null) {
                connections.gone(key, record.timestamp());
            } else {
                connections.hear(status, record.timestamp());
            }
        });
    }

    private interface Use<V> {
        void with(String key, @Nullable V value, DeadRecord record);
    }

    private static <V extends SpecificRecord> void consume(
            Message<byte[]> message, Topic<String, V> topic, DeadLetters deadLetters, Use<V> use) {
        var record = DeadRecord.of(message);
        try {
            var key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            use.with(key, topic.value().deserializer().deserialize(topic.name(), record.value()), record);
        } catch (SerializationException e) {
            deadLetters.publish(record, "intake", DeadLetterReason.UNREADABLE, String.valueOf(e.getMessage()));
        } catch (DuplicateKeyException | ConcurrencyFailureException e) {
            throw e;
        } catch (DataIntegrityViolationException e) {
            deadLetters.publish(record, "intake", DeadLetterReason.INVALID, "the ledger refuses it");
        } catch (DataAccessException | TransactionException | KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            deadLetters.publish(record, "intake", DeadLetterReason.PROCESSING_FAILED, e.toString());
        }
    }

    /// Trouble that passes is waited for, however long it takes.
    @Bean
    ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> waitForever() {
        return (container, _, _) -> {
            var waits = new ExponentialBackOff(FIRST_WAIT, 2);
            waits.setMaxInterval(LONGEST_WAIT);
            container.setCommonErrorHandler(new DefaultErrorHandler(waits));
        };
    }
}
