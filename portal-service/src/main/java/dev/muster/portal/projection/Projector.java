package dev.muster.portal.projection;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.muster.portal.projection.ProjectionMetrics.Fate;
import dev.muster.schemas.DeadLetterReason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Writes batches of records into the read model: rows, positions and the announcement of the change in one
/// transaction, or in one for each megabyte.
///
/// **Promises.** A record has its effect once, however often it is read. A record that cannot be read or
/// written becomes a dead letter, and the partition goes on. When PostgreSQL or Kafka is not there, nothing
/// is skipped: [#project] throws and the caller tries again.
@Component
public class Projector {

    /// A record that is written takes up many times its bytes, and a result has thousands of them.
    private static final int PIECE = 1024 * 1024;

    private static final Set<String> RECORDS_FAULT = Set.of("21", "22", "23", "54");

    private final DSLContext sql;
    private final Positions positions;
    private final Map<String, List<Projection<?>>> projections;
    private final Surroundings surroundings;

    @Autowired
    Projector(DSLContext sql, Positions positions, List<Projection<?>> projections, Surroundings surroundings) {
        this(
                sql,
                positions,
                projections.stream().collect(groupingBy(each -> each.topic().name())),
                surroundings);
    }

    private Projector(
            DSLContext sql,
            Positions positions,
            Map<String, List<Projection<?>>> projections,
            Surroundings surroundings) {
        this.sql = sql;
        this.positions = positions;
        this.projections = projections;
        this.surroundings = surroundings;
    }

    /// The same projections into another read model that nobody looks at yet: what it does is not announced, not
    /// counted, and makes no dead letter a second time.
    public Projector into(DSLContext other) {
        return new Projector(other, new Positions(), projections, Surroundings.NONE);
    }

    /// Names of the topics that are read.
    public Set<String> topics() {
        return Set.copyOf(projections.keySet());
    }

    /// True when of the records of a topic with one key the last alone decides.
    public boolean lastCounts(String topic) {
        return projections(topic).stream().allMatch(Projection::lastCounts);
    }

    /// Writes a batch, or throws and has written nothing of what it did not finish.
    ///
    /// @param batch records of any of the topics, in order within each partition
    public void project(List<Recorded<byte[]>> batch) {
        var from = 0;
        var bytes = 0L;
        for (var next = 0; next < batch.size(); next++) {
            var value = batch.get(next).value();
            bytes += value == null ? 0 : value.length;
            if (bytes >= PIECE || next == batch.size() - 1) {
                projectPiece(batch.subList(from, next + 1));
                from = next + 1;
                bytes = 0;
            }
        }
    }

    private void projectPiece(List<Recorded<byte[]>> piece) {
        try {
            write(piece);
        } catch (RuntimeException e) {
            if (!isTheRecordsFault(e)) {
                throw e;
            }
            piece.forEach(this::writeAlone);
        }
        surroundings.committed(piece);
    }

    /// Empties everything that came from a topic when it is not the one that was read before.
    public void identify(String topic, String topicId) {
        sql.transaction(tx -> {
            var inside = DSL.using(tx);
            surroundings.begin(inside);
            if (positions.areOfAnother(inside, topic, topicId)) {
                projections(topic).forEach(each -> each.forget(inside));
                positions.forget(inside, topic);
            }
            positions.identify(inside, topic, topicId);
        });
    }

    private void writeAlone(Recorded<byte[]> record) {
        try {
            write(List.of(record));
        } catch (RuntimeException e) {
            if (!isTheRecordsFault(e)) {
                throw e;
            }
            surroundings.reject(record, DeadLetterReason.INVALID, String.valueOf(e.getMessage()));
            surroundings.count(record.topic(), Fate.REJECTED, 1);
            sql.transaction(tx -> {
                var inside = DSL.using(tx);
                surroundings.begin(inside);
                var next = positions.lock(inside, partition(record));
                positions.move(inside, partition(record), Math.max(next, record.offset() + 1));
            });
        }
    }

    private void write(List<Recorded<byte[]>> batch) {
        var counts = new Counts();
        sql.transaction(tx -> {
            var inside = DSL.using(tx);
            surroundings.begin(inside);
            var changes = new Changes();
            var unreadable = new ArrayList<Unreadable>();
            // Partitions in one order everywhere, so that two instances never wait for each other.
            var byTopic = new TreeMap<String, List<Recorded<byte[]>>>();
            inOrder(batch)
                    .forEach((partition, records) -> byTopic.computeIfAbsent(partition.topic(), _ -> new ArrayList<>())
                            .addAll(unread(inside, partition, records, counts)));
            byTopic.forEach((topic, records) -> {
                var rejects = apply(inside, projections(topic), records, changes);
                unreadable.addAll(rejects);
                counts.add(topic, Fate.REJECTED, rejects.size());
                counts.add(topic, Fate.APPLIED, records.size() - rejects.size());
            });
            surroundings.announce(inside, changes);
            // At the very end, so that a database that is not there makes no dead letter twice.
            unreadable.forEach(each -> surroundings.reject(each.record(), DeadLetterReason.UNREADABLE, each.message()));
        });
        counts.forEach(surroundings::count);
    }

    private List<Recorded<byte[]>> unread(
            DSLContext inside, TopicPartition partition, List<Recorded<byte[]>> records, Counts counts) {
        long next = positions.lock(inside, partition);
        var fresh = records.stream().filter(record -> record.offset() >= next).toList();
        counts.add(partition.topic(), Fate.SKIPPED, records.size() - fresh.size());
        if (!fresh.isEmpty()) {
            positions.move(inside, partition, fresh.getLast().offset() + 1);
        }
        return fresh;
    }

    private static List<Unreadable> apply(
            DSLContext inside, List<Projection<?>> projections, List<Recorded<byte[]>> records, Changes changes) {
        List<Unreadable> unreadable = List.of();
        for (var projection : projections) {
            unreadable = apply(inside, projection, records, changes);
        }
        return unreadable;
    }

    private static <T extends SpecificRecord> List<Unreadable> apply(
            DSLContext inside, Projection<T> projection, List<Recorded<byte[]>> records, Changes changes) {
        var deserializer = projection.topic().value().deserializer();
        var readable = new ArrayList<Recorded<T>>(records.size());
        var unreadable = new ArrayList<Unreadable>();
        for (var record : records) {
            var value = record.value();
            try {
                readable.add(record.with(value == null ? null : deserializer.deserialize(record.topic(), value)));
            } catch (SerializationException e) {
                unreadable.add(new Unreadable(record, String.valueOf(e.getMessage())));
            }
        }
        if (!readable.isEmpty()) {
            projection.apply(inside, readable, changes);
        }
        return unreadable;
    }

    /// All read the same serde, so what one cannot read none can.
    private List<Projection<?>> projections(String topic) {
        var found = projections.get(topic);
        if (found == null) {
            throw new IllegalStateException("no projection reads topic " + topic);
        }
        return found;
    }

    private static Map<TopicPartition, List<Recorded<byte[]>>> inOrder(List<Recorded<byte[]>> batch) {
        var order = Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);
        return batch.stream().collect(groupingBy(Projector::partition, () -> new TreeMap<>(order), toList()));
    }

    private static TopicPartition partition(Recorded<?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /// Rows that the database takes for one, data exceptions, violated constraints and exceeded limits (SQL classes 21,
    /// 22, 23 and 54) come back however often it is tried.
    private static boolean isTheRecordsFault(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return RECORDS_FAULT.contains(sql.getSQLState().substring(0, 2));
            }
        }
        return false;
    }

    /// What became of a batch, counted when it is committed.
    private static final class Counts {

        private final Map<String, Map<Fate, Integer>> byTopic = new TreeMap<>();

        void add(String topic, Fate fate, int records) {
            byTopic.computeIfAbsent(topic, _ -> new EnumMap<>(Fate.class)).merge(fate, records, Integer::sum);
        }

        void forEach(Each each) {
            byTopic.forEach((topic, fates) -> fates.forEach((fate, records) -> each.take(topic, fate, records)));
        }

        interface Each {
            void take(String topic, Fate fate, int records);
        }
    }

    /// A record that no serde reads.
    private record Unreadable(Recorded<byte[]> record, String message) {}
}
