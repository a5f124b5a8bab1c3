package dev.muster.portal.projection;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.muster.portal.projection.ProjectionMetrics.Fate;
import dev.muster.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes batches of records into the read model: rows, positions and the announcement of the change in one
/// transaction.
///
/// **Promises.** A record has its effect once, however often it is read. A record that cannot be read or written
/// becomes a dead
/// letter, and the partition goes on. When PostgreSQL or Kafka is not there, nothing is skipped: [#project] throws and
/// the
/// caller tries again.
@Component
public class Projector {

    private final DSLContext sql;
    private final Positions positions;
    private final Map<String, Projection<?>> projections;
    private final Rejected rejected;
    private final ProjectionMetrics metrics;

    Projector(
            DSLContext sql,
            Positions positions,
            List<Projection<?>> projections,
            Rejected rejected,
            ProjectionMetrics metrics) {
        this.sql = sql;
        this.positions = positions;
        this.projections =
                projections.stream().collect(toMap(each -> each.topic().name(), Function.identity()));
        this.rejected = rejected;
        this.metrics = metrics;
    }

    /// Writes a batch, or throws and has written nothing of what it did not finish.
    ///
    /// @param batch records of any of the topics, in order within each partition
    public void project(List<Recorded<byte[]>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            write(batch);
        } catch (DataAccessException e) {
            if (!isTheRecordsFault(e)) {
                throw e;
            }
            batch.forEach(this::writeAlone);
        }
        metrics.committed(batch);
    }

    /// Empties everything that came from a topic when it is not the one that was read before.
    void identify(String topic, String topicId) {
        sql.transaction(tx -> {
            var inside = DSL.using(tx);
            if (positions.areOfAnother(inside, topic, topicId)) {
                projection(topic).forget(inside);
                positions.forget(inside, topic);
            }
            positions.identify(inside, topic, topicId);
        });
    }

    private void writeAlone(Recorded<byte[]> record) {
        try {
            write(List.of(record));
        } catch (DataAccessException e) {
            if (!isTheRecordsFault(e)) {
                throw e;
            }
            rejected.give(record, DeadLetterReason.INVALID, String.valueOf(e.getMessage()));
            metrics.count(record.topic(), Fate.REJECTED);
            sql.transaction(tx -> {
                var inside = DSL.using(tx);
                var next = positions.lock(inside, partition(record));
                positions.move(inside, partition(record), Math.max(next, record.offset() + 1));
            });
        }
    }

    private void write(List<Recorded<byte[]>> batch) {
        sql.transaction(tx -> {
            var inside = DSL.using(tx);
            var changes = new Changes();
            // Partitions in one order everywhere, so that two instances never wait for each other.
            var byTopic = new TreeMap<String, List<Recorded<byte[]>>>();
            for (var entry : inOrder(batch).entrySet()) {
                var fresh = unread(inside, entry.getKey(), entry.getValue());
                byTopic.computeIfAbsent(entry.getKey().topic(), _ -> new ArrayList<>())
                        .addAll(fresh);
            }
            byTopic.forEach((topic, records) -> apply(inside, projection(topic), records, changes));
            announce(inside, changes.events());
        });
    }

    private List<Recorded<byte[]>> unread(DSLContext inside, TopicPartition partition, List<Recorded<byte[]>> records) {
        long next = positions.lock(inside, partition);
        var fresh = records.stream().filter(record -> record.offset() >= next).toList();
        metrics.count(partition.topic(), Fate.SKIPPED, records.size() - fresh.size());
        if (!fresh.isEmpty()) {
            positions.move(inside, partition, fresh.getLast().offset() + 1);
        }
        return fresh;
    }

    private <T extends SpecificRecord> void apply(
            DSLContext inside, Projection<T> projection, List<Recorded<byte[]>> records, Changes changes) {
        var readable = new ArrayList<Recorded<T>>(records.size());
        for (var record : records) {
            var value = record.value();
            if (value == null) {
                readable.add(record.with(null));
                continue;
            }
            var read = read(projection, record, value);
            if (read != null) {
                readable.add(record.with(read));
            }
        }
        if (!readable.isEmpty()) {
            projection.apply(inside, readable, changes);
        }
        metrics.count(projection.topic().name(), Fate.APPLIED, readable.size());
    }

    private <T extends SpecificRecord> @Nullable T read(
            Projection<T> projection, Recorded<byte[]> record, byte[] value) {
        try {
            return projection.topic().value().deserializer().deserialize(record.topic(), value);
        } catch (SerializationException e) {
            rejected.give(record, DeadLetterReason.UNREADABLE, String.valueOf(e.getMessage()));
            metrics.count(record.topic(), Fate.REJECTED);
            return null;
        }
    }

    private Projection<?> projection(String topic) {
        var projection = projections.get(topic);
        if (projection == null) {
            throw new IllegalStateException("no projection reads topic " + topic);
        }
        return projection;
    }

    private static void announce(DSLContext inside, List<String> events) {
        if (!events.isEmpty()) {
            inside.fetch(
                    "select pg_notify(?, event) from unnest(?::text[]) as event",
                    Changes.CHANNEL,
                    events.toArray(String[]::new));
        }
    }

    private static Map<TopicPartition, List<Recorded<byte[]>>> inOrder(List<Recorded<byte[]>> batch) {
        var order = Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);
        return batch.stream().collect(groupingBy(Projector::partition, () -> new TreeMap<>(order), toList()));
    }

    private static TopicPartition partition(Recorded<?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /// Data exceptions and violated constraints (SQL classes 22 and 23) come back however often it is tried.
    private static boolean isTheRecordsFault(DataAccessException e) {
        var state = e.sqlState();
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }
}
