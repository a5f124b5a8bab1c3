package dev.muster.schemas;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Creates the topics that are missing and checks those that are there.
///
/// What would lose or mix up records is a mistake: another number of partitions, another way of cleaning up,
/// too small a record. How long records are kept and how often they are copied is the operator's business; a
/// topic of an earlier version that says nothing of how long its history is kept is told to keep it. Several
/// services may do this at once.
public final class TopicGuard {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Admin admin;
    private final List<Topic<?, ?>> topics;
    private final TopicLayout layout;
    private final Duration timeout;

    /// @param timeout for each question to the broker
    public TopicGuard(Admin admin, Collection<Topic<?, ?>> topics, TopicLayout layout, Duration timeout) {
        this.admin = admin;
        this.topics = List.copyOf(topics);
        this.layout = layout;
        this.timeout = timeout;
    }

    /// Returns when all topics are there and right.
    ///
    /// @return a sentence for each topic that was told something new, or could not be
    /// @throws TopicMismatchException when one is there and wrong: all mistakes at once
    /// @throws KafkaException when the brokers do not answer or refuse; trying again may help
    public List<String> ensure() {
        var missing = topics.stream().filter(topic -> describe(topic).isEmpty()).toList();
        var created = admin.createTopics(missing.stream().map(this::newTopic).toList())
                .values();
        for (var topic : missing) {
            create(topic, requireNonNull(created.get(topic.name())));
        }
        var mistakes = new ArrayList<String>();
        for (var topic : topics) {
            mistakes.addAll(mistakes(topic, there(topic)));
        }
        if (!mistakes.isEmpty()) {
            throw new TopicMismatchException(mistakes);
        }
        return topics.stream().flatMap(it -> keepHistory(it).stream()).toList();
    }

    /// What was compacted before is gone; what comes from now on stays.
    private Optional<String> keepHistory(Topic<?, ?> topic) {
        if (!(topic.retention() instanceof Retention.Compact it) || it.history().isZero()) {
            return Optional.empty();
        }
        var entry = config(topic).get(Retention.Compact.HISTORY);
        if (entry != null && entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
            return Optional.empty();
        }
        var value = Long.toString(it.history().toMillis());
        var set = new AlterConfigOp(new ConfigEntry(Retention.Compact.HISTORY, value), AlterConfigOp.OpType.SET);
        var altered = admin.incrementalAlterConfigs(Map.of(resource(topic), List.of(set)))
                .values();
        try {
            await(requireNonNull(altered.get(resource(topic))), "alter topic " + topic.name());
            return Optional.of("topic %s keeps every version for %d days from now on (%s)"
                    .formatted(topic.name(), it.history().toDays(), Retention.Compact.HISTORY));
        } catch (KafkaException e) {
            return Optional.of(
                    "topic %1$s loses versions that are not the newest, so results of the past may not be found"
                                    .formatted(topic.name())
                            + " again: kafka-configs --alter --topic %s --add-config %s=%s (%s)"
                                    .formatted(topic.name(), Retention.Compact.HISTORY, value, e.getMessage()));
        }
    }

    private NewTopic newTopic(Topic<?, ?> topic) {
        var config = new HashMap<>(topic.retention().config());
        if (layout.replicationFactor() >= 3) {
            // An acknowledged record stands on two machines.
            config.put("min.insync.replicas", "2");
        }
        return new NewTopic(topic.name(), layout.partitions(), (short) layout.replicationFactor()).configs(config);
    }

    private void create(Topic<?, ?> topic, KafkaFuture<Void> created) {
        try {
            await(created, "create topic " + topic.name());
        } catch (KafkaException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private Optional<TopicDescription> describe(Topic<?, ?> topic) {
        try {
            var future = admin.describeTopics(List.of(topic.name()))
                    .topicNameValues()
                    .get(topic.name());
            return Optional.of(await(requireNonNull(future), "look at topic " + topic.name()));
        } catch (KafkaException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A broker may answer for a moment as if a topic that was just created were not there.
    private TopicDescription there(Topic<?, ?> topic) {
        var deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            var description = describe(topic);
            if (description.isPresent()) {
                return description.get();
            }
            if (System.nanoTime() > deadline) {
                throw new KafkaException("Topic " + topic.name() + " was created and is not there yet");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private List<String> mistakes(Topic<?, ?> topic, TopicDescription description) {
        var mistakes = new ArrayList<String>();
        var partitions = description.partitions().size();
        if (partitions != layout.partitions()) {
            mistakes.add(
                    "topic %s has %d partitions and muster.topics.partitions says %d: set it to %d for every service"
                            .formatted(topic.name(), partitions, layout.partitions(), partitions));
        }
        mistakes.addAll(mistakes(topic, config(topic)));
        return mistakes;
    }

    private Config config(Topic<?, ?> topic) {
        var resource = resource(topic);
        return await(
                requireNonNull(admin.describeConfigs(List.of(resource)).values().get(resource)),
                "read the settings of topic " + topic.name());
    }

    private static ConfigResource resource(Topic<?, ?> topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    private static List<String> mistakes(Topic<?, ?> topic, Config config) {
        var mistakes = new ArrayList<String>();
        var wanted = topic.retention().config();
        var cleanup = value(config, "cleanup.policy");
        if (!cleanup.equals(wanted.get("cleanup.policy"))) {
            mistakes.add(alter(topic, "cleanup.policy", cleanup, wanted));
        }
        var maxBytes = value(config, "max.message.bytes");
        if (Long.parseLong(maxBytes) < topic.retention().maxMessageBytes()) {
            mistakes.add(alter(topic, "max.message.bytes", maxBytes, wanted));
        }
        return mistakes;
    }

    private static String value(Config config, String name) {
        var entry = config.get(name);
        return entry == null || entry.value() == null ? "0" : entry.value();
    }

    private static String alter(Topic<?, ?> topic, String name, String is, Map<String, String> wanted) {
        return "topic %1$s has %2$s=%3$s and needs %4$s: kafka-configs --alter --topic %1$s --add-config %2$s=%4$s"
                .formatted(topic.name(), name, is, wanted.get(name));
    }

    private <T> T await(KafkaFuture<T> future, String doing) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaException("Kafka did not " + doing + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not " + doing + " within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted before Kafka could " + doing, e);
        }
    }
}
