package dev.muster.portal.projection;

import static dev.muster.portal.readmodel.ReadModel.Position.NEXT_OFFSET;
import static dev.muster.portal.readmodel.ReadModel.Position.PARTITION;
import static dev.muster.portal.readmodel.ReadModel.Position.POSITION;
import static dev.muster.portal.readmodel.ReadModel.Position.TOPIC;
import static dev.muster.portal.readmodel.ReadModel.Position.TOPIC_ID;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// Where each partition goes on, kept beside the rows: what Kafka remembers for the group is never asked, so
/// rows and offsets cannot disagree, whichever of both was lost or restored.
@Component
class Positions {

    private final Map<String, String> topicIds = new ConcurrentHashMap<>();

    /// Offset of the next record of a partition; empty when none was read. To be called outside of a projection.
    OptionalLong find(DSLContext sql, TopicPartition partition) {
        var next = sql.select(NEXT_OFFSET)
                .from(POSITION)
                .where(TOPIC.eq(partition.topic()), PARTITION.eq(partition.partition()))
                .fetchOne(NEXT_OFFSET);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /// Offset of the next record, locked until the transaction ends: a late instance that lost the partition
    /// waits, then finds that its records were read already.
    long lock(DSLContext sql, TopicPartition partition) {
        sql.insertInto(POSITION)
                .columns(TOPIC, PARTITION, TOPIC_ID, NEXT_OFFSET)
                .values(partition.topic(), partition.partition(), topicIds.getOrDefault(partition.topic(), ""), 0L)
                .onConflictDoNothing()
                .execute();
        return sql.select(NEXT_OFFSET)
                .from(POSITION)
                .where(TOPIC.eq(partition.topic()), PARTITION.eq(partition.partition()))
                .forUpdate()
                .fetchSingle()
                .value1();
    }

    void move(DSLContext sql, TopicPartition partition, long next) {
        sql.update(POSITION)
                .set(NEXT_OFFSET, next)
                .where(TOPIC.eq(partition.topic()), PARTITION.eq(partition.partition()))
                .execute();
    }

    /// Whether the positions of a topic belong to another topic of the same name that was deleted since.
    boolean areOfAnother(DSLContext sql, String topic, String topicId) {
        return sql.fetchExists(POSITION, TOPIC.eq(topic), TOPIC_ID.notIn("", topicId));
    }

    void identify(DSLContext sql, String topic, String topicId) {
        topicIds.put(topic, topicId);
        sql.update(POSITION)
                .set(TOPIC_ID, topicId)
                .where(TOPIC.eq(topic), TOPIC_ID.eq(""))
                .execute();
    }

    void forget(DSLContext sql, String topic) {
        sql.deleteFrom(POSITION).where(TOPIC.eq(topic)).execute();
    }
}
