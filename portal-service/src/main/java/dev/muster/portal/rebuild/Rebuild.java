package dev.muster.portal.rebuild;

import static dev.muster.portal.readmodel.ReadModel.Position.NEXT_OFFSET;
import static dev.muster.portal.readmodel.ReadModel.Position.PARTITION;
import static dev.muster.portal.readmodel.ReadModel.Position.POSITION;
import static dev.muster.portal.readmodel.ReadModel.Position.TOPIC;
import static dev.muster.portal.readmodel.ReadModel.Position.TOPIC_ID;
import static java.util.stream.Collectors.toMap;

import dev.muster.portal.projection.Projector;
import dev.muster.portal.projection.WritingTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jooq.DSLContext;

/// One rebuild, from empty tables to the moment when people read them.
///
/// **Promises.** Reads are answered all the time, from the rows of before until the exchange and from the
/// new ones after it. What is projected meanwhile is in both. Whatever breaks, the rows of before stay in
/// use.
final class Rebuild {

    private final Admin admin;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Projector projector;
    private final Progress progress;
    private final int readers;

    Rebuild(
            Admin admin,
            Supplier<Consumer<String, byte[]>> consumers,
            Projector projector,
            Progress progress,
            int readers) {
        this.admin = admin;
        this.consumers = consumers;
        this.projector = projector;
        this.progress = progress;
        this.readers = readers;
    }

    void run(SecondModel second) throws InterruptedException {
        var topics = topics();
        var readings = new ArrayList<Reading>();
        try {
            var into = projector.into(second.sql());
            topics.forEach((topic, description) ->
                    into.identify(topic, description.topicId().toString()));
            for (var partitions : dealt(topics)) {
                readings.add(new Reading(consumers.get(), partitions, into, progress));
            }
            progress.expect(readings.stream().mapToLong(Reading::length).sum());
            toTheEnd(readings);
            second.index();
            toTheEnd(readings); // what came meanwhile
            WritingTurn.takeAlone(second.inUse());
            var live = positions(second.inUse());
            readings.forEach(it -> it.readTo(live));
            readings.forEach(it -> keep(second.sql(), topics, it.positions()));
            second.exchange();
            WritingTurn.giveBack(second.inUse());
        } finally {
            readings.forEach(Reading::close);
        }
    }

    private void toTheEnd(List<Reading> readings) throws InterruptedException {
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("rebuild-", 1).factory())) {
            var all = new ArrayList<Future<?>>();
            for (var reading : readings) {
                all.add(threads.submit(reading::readToEnd));
            }
            try {
                for (var one : all) {
                    one.get();
                }
            } catch (ExecutionException e) {
                readings.forEach(Reading::interrupt);
                throw new IllegalStateException(String.valueOf(e.getCause()), e);
            } catch (InterruptedException e) {
                readings.forEach(Reading::interrupt);
                throw e;
            }
        }
    }

    private Map<String, TopicDescription> topics() throws InterruptedException {
        try {
            return admin.describeTopics(projector.topics()).allTopicNames().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot ask Kafka which topics these are", e);
        }
    }

    /// The partitions of each topic, one after the other to each reader.
    private List<List<TopicPartition>> dealt(Map<String, TopicDescription> topics) {
        var hands = new ArrayList<List<TopicPartition>>();
        for (int i = 0; i < readers; i++) {
            hands.add(new ArrayList<>());
        }
        topics.forEach((topic, description) -> description
                .partitions()
                .forEach(it -> hands.get(it.partition() % readers).add(new TopicPartition(topic, it.partition()))));
        hands.removeIf(List::isEmpty);
        return hands;
    }

    private static Map<TopicPartition, Long> positions(DSLContext sql) {
        return sql.select(TOPIC, PARTITION, NEXT_OFFSET).from(POSITION).fetch().stream()
                .collect(toMap(it -> new TopicPartition(it.get(TOPIC), it.get(PARTITION)), it -> it.get(NEXT_OFFSET)));
    }

    /// So that a start goes on here also where the topic has no record any more.
    private static void keep(
            DSLContext sql, Map<String, TopicDescription> topics, Map<TopicPartition, Long> positions) {
        positions.forEach((partition, next) -> {
            var description = topics.get(partition.topic());
            sql.insertInto(POSITION)
                    .columns(TOPIC, PARTITION, TOPIC_ID, NEXT_OFFSET)
                    .values(
                            partition.topic(),
                            partition.partition(),
                            description == null ? "" : description.topicId().toString(),
                            next)
                    .onConflict(TOPIC, PARTITION)
                    .doUpdate()
                    .set(NEXT_OFFSET, next)
                    .execute();
        });
    }
}
