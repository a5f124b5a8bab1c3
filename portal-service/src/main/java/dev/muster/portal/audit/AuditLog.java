package dev.muster.portal.audit;

import static dev.muster.portal.readmodel.ReadModel.Audit.ABOUT;
import static dev.muster.portal.readmodel.ReadModel.Audit.ACTION;
import static dev.muster.portal.readmodel.ReadModel.Audit.ACTOR;
import static dev.muster.portal.readmodel.ReadModel.Audit.AFTER;
import static dev.muster.portal.readmodel.ReadModel.Audit.AT;
import static dev.muster.portal.readmodel.ReadModel.Audit.AUDIT;
import static dev.muster.portal.readmodel.ReadModel.Audit.BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Audit.COMMENT;
import static dev.muster.portal.readmodel.ReadModel.Audit.KIND;
import static dev.muster.portal.readmodel.ReadModel.Audit.OFFSET;
import static dev.muster.portal.readmodel.ReadModel.Audit.PARTITION;
import static dev.muster.portal.readmodel.ReadModel.Audit.REQUEST_ID;
import static dev.muster.portal.readmodel.ReadModel.Audit.RULE;
import static dev.muster.portal.readmodel.ReadModel.Audit.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Audit.SOURCE;
import static dev.muster.portal.readmodel.ReadModel.Audit.TOPIC;
import static java.time.temporal.ChronoUnit.MICROS;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.muster.portal.paging.Cursor;
import dev.muster.portal.paging.Slice;
import java.time.Instant;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads the audit log, the newest first.
@Repository
public class AuditLog {

    private final DSLContext sql;

    AuditLog(DSLContext sql) {
        this.sql = sql;
    }

    /// What somebody wants to see of it; null stands for all.
    ///
    /// @param actor who did it
    /// @param kind of what it is about, such as `exemption`
    /// @param about reference or name of what it is about
    public record Filter(
            @Nullable String actor,
            @Nullable String kind,
            @Nullable String about) {

        private Condition condition() {
            return Stream.of(equal(ACTOR, actor), equal(KIND, kind), equal(ABOUT, about))
                    .reduce(noCondition(), Condition::and);
        }

        private static Condition equal(Field<String> field, @Nullable String value) {
            return value == null || value.isBlank() ? noCondition() : field.eq(value);
        }
    }

    public Slice<AuditView> list(Filter filter, int limit, @Nullable String cursor) {
        var rows = sql.select(
                        TOPIC,
                        PARTITION,
                        OFFSET,
                        AT,
                        ACTOR,
                        ACTION,
                        KIND,
                        ABOUT,
                        RULE,
                        SCORECARD,
                        BEFORE,
                        AFTER,
                        COMMENT,
                        SOURCE,
                        REQUEST_ID)
                .from(AUDIT)
                .where(filter.condition(), behind(cursor))
                .orderBy(AT.desc(), TOPIC.desc(), PARTITION.desc(), OFFSET.desc())
                .limit(limit + 1)
                .fetch();
        var slice = Slice.cut(
                rows,
                limit,
                last -> Cursor.of(
                        MICROS.between(Instant.EPOCH, last.get(AT)),
                        last.get(TOPIC),
                        last.get(PARTITION),
                        last.get(OFFSET)));
        return new Slice<>(slice.items().stream().map(AuditLog::view).toList(), slice.next());
    }

    private static AuditView view(Record row) {
        return new AuditView(
                row.get(AT),
                row.get(ACTOR),
                row.get(ACTION),
                row.get(KIND),
                row.get(ABOUT),
                row.get(RULE),
                row.get(SCORECARD),
                row.get(BEFORE),
                row.get(AFTER),
                row.get(COMMENT),
                row.get(SOURCE),
                row.get(REQUEST_ID));
    }

    private static Condition behind(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return noCondition();
        }
        var position = Cursor.parse(cursor, 4);
        return row(AT, TOPIC, PARTITION, OFFSET)
                .lessThan(
                        Instant.EPOCH.plus(position.number(0), MICROS),
                        position.text(1),
                        (int) position.number(2),
                        position.number(3));
    }

    /// One line of the audit log.
    ///
    /// @param actor who did it; null when the record does not say, as one that deletes
    /// @param action such as `exemption.approved` or `scorecard.changed`
    /// @param kind of what it is about
    /// @param about reference or name of it
    /// @param before state, or digest of the content, before; null when there was none
    /// @param after the same after; null when it is gone
    /// @param comment what the actor said to it
    /// @param source the service that was asked
    /// @param requestId of the request, which the log of that service has, and everything that followed from it
    public record AuditView(
            Instant at,
            @Nullable String actor,
            String action,
            String kind,
            String about,
            @Nullable String rule,
            @Nullable String scorecard,
            @Nullable String before,
            @Nullable String after,
            @Nullable String comment,
            @Nullable String source,
            @Nullable String requestId) {}
}
