package dev.muster.portal.subject;

import static dev.muster.portal.readmodel.ReadModel.Subject.CONNECTION;
import static dev.muster.portal.readmodel.ReadModel.Subject.DELIVERY_ID;
import static dev.muster.portal.readmodel.ReadModel.Subject.FACTS;
import static dev.muster.portal.readmodel.ReadModel.Subject.FIRST_SEEN_AT;
import static dev.muster.portal.readmodel.ReadModel.Subject.LAST_SEEN_AT;
import static dev.muster.portal.readmodel.ReadModel.Subject.SOURCE;
import static dev.muster.portal.readmodel.ReadModel.Subject.SUBJECT;
import static dev.muster.portal.readmodel.ReadModel.Subject.SUBJECT_TABLE;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.selectOne;

import dev.muster.portal.paging.Cursor;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.readmodel.ReadModel.Claim;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads the subjects that facts were reported about.
@Repository
public class Subjects {

    private static final Condition CLAIMED =
            exists(selectOne().from(Claim.CLAIM).where(Claim.SUBJECT.eq(SUBJECT)));

    private final DSLContext sql;

    Subjects(DSLContext sql) {
        this.sql = sql;
    }

    /// By name.
    ///
    /// @param unclaimed true for those that no entity claims, false for the others, null for all
    public Slice<SubjectView> list(@Nullable Boolean unclaimed, int limit, @Nullable String cursor) {
        var claimed = field(CLAIMED).as("claimed");
        var wanted = unclaimed == null ? noCondition() : unclaimed ? not(CLAIMED) : CLAIMED;
        var behind = cursor == null || cursor.isBlank()
                ? noCondition()
                : SUBJECT.gt(Cursor.parse(cursor, 1).text(0));
        var items = sql.select(SUBJECT, FACTS, FIRST_SEEN_AT, LAST_SEEN_AT, SOURCE, CONNECTION, DELIVERY_ID, claimed)
                .from(SUBJECT_TABLE)
                .where(wanted, behind)
                .orderBy(SUBJECT)
                .limit(limit + 1)
                .fetch(row -> new SubjectView(
                        row.get(SUBJECT),
                        row.get(claimed),
                        List.of(row.get(FACTS)),
                        row.get(FIRST_SEEN_AT),
                        row.get(LAST_SEEN_AT),
                        row.get(SOURCE),
                        row.get(CONNECTION),
                        row.get(DELIVERY_ID)));
        return Slice.cut(items, limit, last -> Cursor.of(last.subject()));
    }

    /// How many no entity claims.
    public int countUnclaimed() {
        return sql.fetchCount(SUBJECT_TABLE, not(CLAIMED));
    }

    /// A subject that facts were reported about.
    ///
    /// @param claimed whether an entity claims it
    /// @param facts names of the facts
    /// @param source of the last report
    public record SubjectView(
            String subject,
            boolean claimed,
            List<String> facts,
            Instant firstSeenAt,
            Instant lastSeenAt,
            String source,
            String connection,
            String deliveryId) {}
}
