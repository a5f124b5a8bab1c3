package dev.muster.portal.deadletter;

import static dev.muster.portal.readmodel.ReadModel.DeadLetter.DEAD_LETTER;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.FAILED_AT;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.KEY;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.MESSAGE;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.OFFSET;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.PARTITION;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.REASON;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.RECORDED_AT;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.SERVICE;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.SIZE;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.STAGE;
import static dev.muster.portal.readmodel.ReadModel.DeadLetter.TOPIC;
import static java.time.temporal.ChronoUnit.MICROS;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.muster.portal.paging.Cursor;
import dev.muster.portal.paging.Slice;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads records that could not be used, the newest first.
@Repository
public class DeadLetterRows {

    private final DSLContext sql;

    DeadLetterRows(DSLContext sql) {
        this.sql = sql;
    }

    /// Those that fit.
    ///
    /// @param topic only records of it, when given
    /// @param reason only records given up for it, when given
    public Slice<DeadLetterView> list(
            @Nullable String topic, @Nullable String reason, int limit, @Nullable String cursor) {
        return list(equal(TOPIC, topic).and(equal(REASON, reason)), limit, cursor);
    }

    /// Those of one record, by its topic and key.
    ///
    /// @param keys that it may have
    public List<DeadLetterView> of(String topic, Collection<String> keys, int limit) {
        return list(TOPIC.eq(topic).and(KEY.in(keys)), limit, null).items();
    }

    /// How many there are.
    public int count() {
        return sql.fetchCount(DEAD_LETTER);
    }

    private Slice<DeadLetterView> list(Condition wanted, int limit, @Nullable String cursor) {
        var items = sql.select(
                        TOPIC, PARTITION, OFFSET, SERVICE, STAGE, REASON, MESSAGE, KEY, SIZE, RECORDED_AT, FAILED_AT)
                .from(DEAD_LETTER)
                .where(wanted, behind(cursor))
                .orderBy(FAILED_AT.desc(), TOPIC.desc(), PARTITION.desc(), OFFSET.desc(), SERVICE.desc())
                .limit(limit + 1)
                .fetch(found -> new DeadLetterView(
                        found.get(TOPIC),
                        found.get(PARTITION),
                        found.get(OFFSET),
                        found.get(SERVICE),
                        found.get(STAGE),
                        found.get(REASON),
                        found.get(MESSAGE),
                        found.get(KEY),
                        found.get(SIZE),
                        found.get(RECORDED_AT),
                        found.get(FAILED_AT)));
        return Slice.cut(
                items,
                limit,
                last -> Cursor.of(
                        MICROS.between(Instant.EPOCH, last.failedAt()),
                        last.topic(),
                        last.partition(),
                        last.offset(),
                        last.service()));
    }

    private static Condition behind(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return noCondition();
        }
        var position = Cursor.parse(cursor, 5);
        return row(FAILED_AT, TOPIC, PARTITION, OFFSET, SERVICE)
                .lessThan(
                        Instant.EPOCH.plus(position.number(0), MICROS),
                        position.text(1),
                        (int) position.number(2),
                        position.number(3),
                        position.text(4));
    }

    private static Condition equal(Field<String> field, @Nullable String value) {
        return value == null || value.isBlank() ? noCondition() : field.eq(value);
    }

    /// A record that could not be used, without its bytes.
    ///
    /// @param size of the value in bytes
    /// @param recordedAt when it was written to its topic
    public record DeadLetterView(
            String topic,
            int partition,
            long offset,
            String service,
            String stage,
            String reason,
            String message,
            @Nullable String key,
            int size,
            Instant recordedAt,
            Instant failedAt) {}
}
