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
import static org.jooq.impl.DSL.noCondition;

import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.paging.Sort;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads the audit log, the newest first when nothing else is said.
@Repository
public class AuditLog {

    /// What each order goes by. What is not there comes last.
    private static final Map<String, List<Field<?>>> COLUMNS =
            Map.of("at", List.of(), "about", List.of(ABOUT), "actor", List.of(Keyset.last(ACTOR)));

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

    /// How the list is sorted.
    ///
    /// @param asked `-at` (the newest first, usual), `about` or `actor`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    public static Sort sort(@Nullable String asked) {
        return Sort.read(asked, "-at", List.of("at", "about", "actor"));
    }

    /// What fits.
    ///
    /// @param sort as [#sort] read it
    public Slice<AuditView> list(Filter filter, Sort sort, int limit, @Nullable String cursor) {
        var keys = new Keyset(sort, COLUMNS, AT, TOPIC, PARTITION, OFFSET);
        var query = sql.select(keys.select())
                .select(AT, ACTOR, ACTION, KIND, ABOUT, RULE, SCORECARD, BEFORE, AFTER, COMMENT, SOURCE, REQUEST_ID)
                .from(AUDIT)
                .where(filter.condition());
        return keys.read(query, limit, cursor, AuditLog::view);
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

    /// One line of the audit log.
    ///
    /// @param actor who did it; null when the record does not say, as one that deleted before deletions did
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
