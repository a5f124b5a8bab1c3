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
import static org.jooq.impl.DSL.noCondition;

import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.paging.Sort;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads records that could not be used, the newest first when nothing else is said.
@Repository
public class DeadLetterRows {

    private static final Map<String, List<Field<?>>> COLUMNS = Map.of(
            "failed", List.of(),
            "reason", List.of(REASON),
            "record", List.of(TOPIC, PARTITION, OFFSET),
            "service", List.of(SERVICE, STAGE));

    private final DSLContext sql;

    DeadLetterRows(DSLContext sql) {
        this.sql = sql;
    }

    /// How the list is sorted.
    ///
    /// @param asked `-failed` (given up last first, usual), `reason`, `record` or `service`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    public static Sort sort(@Nullable String asked) {
        return Sort.read(asked, "-failed", List.of("failed", "reason", "record", "service"));
    }

    /// Those that fit.
    ///
    /// @param topic only records of it, when given
    /// @param reason only records given up for it, when given
    /// @param sort as [#sort] read it
    public Slice<DeadLetterView> list(
            @Nullable String topic, @Nullable String reason, Sort sort, int limit, @Nullable String cursor) {
        return list(equal(TOPIC, topic).and(equal(REASON, reason)), sort, limit, cursor);
    }

    /// Those of one record, by its topic and key.
    ///
    /// @param keys that it may have
    public List<DeadLetterView> of(String topic, Collection<String> keys, int limit) {
        return list(TOPIC.eq(topic).and(KEY.in(keys)), sort(null), limit, null).items();
    }

    /// How many there are.
    public int count() {
        return sql.fetchCount(DEAD_LETTER);
    }

    private Slice<DeadLetterView> list(Condition wanted, Sort sort, int limit, @Nullable String cursor) {
        var keys = new Keyset(sort, COLUMNS, FAILED_AT, TOPIC, PARTITION, OFFSET, SERVICE, STAGE);
        var query = sql.select(keys.select())
                .select(TOPIC, PARTITION, OFFSET, SERVICE, STAGE, REASON, MESSAGE, KEY, SIZE, RECORDED_AT, FAILED_AT)
                .from(DEAD_LETTER)
                .where(wanted);
        return keys.read(
                query,
                limit,
                cursor,
                found -> new DeadLetterView(
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
