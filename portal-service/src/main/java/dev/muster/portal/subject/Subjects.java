package dev.muster.portal.subject;

import static dev.muster.portal.readmodel.ReadModel.Subject.CONNECTION;
import static dev.muster.portal.readmodel.ReadModel.Subject.DELETED;
import static dev.muster.portal.readmodel.ReadModel.Subject.DELIVERY_ID;
import static dev.muster.portal.readmodel.ReadModel.Subject.FACTS;
import static dev.muster.portal.readmodel.ReadModel.Subject.FIRST_SEEN_AT;
import static dev.muster.portal.readmodel.ReadModel.Subject.LAST_SEEN_AT;
import static dev.muster.portal.readmodel.ReadModel.Subject.MOVED_TO;
import static dev.muster.portal.readmodel.ReadModel.Subject.SOURCE;
import static dev.muster.portal.readmodel.ReadModel.Subject.SUBJECT;
import static dev.muster.portal.readmodel.ReadModel.Subject.SUBJECT_TABLE;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.paging.Sort;
import dev.muster.portal.readmodel.ReadModel.Claim;
import dev.muster.portal.readmodel.ReadModel.Told;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads the subjects that facts were reported about.
@Repository
public class Subjects {

    /// By its name, or by one that it took the place of. Made once a statement, however many subjects there are.
    private static final Condition CLAIMED = condition("""
            ({0} in (select subject from claim) or {0} in (
                with recursive heir (name) as (
                    select s.moved_to from subject s join claim c on c.subject = s.subject where s.moved_to is not null
                    union
                    select s.moved_to from subject s join heir h on s.subject = h.name where s.moved_to is not null)
                select name from heir))
            """, SUBJECT);

    private static final Condition UNCLAIMED =
            not(CLAIMED).and(MOVED_TO.isNull()).and(DELETED.isFalse());

    private static final Map<String, List<Field<?>>> COLUMNS =
            Map.of("subject", List.of(), "seen", List.of(LAST_SEEN_AT), "source", List.of(SOURCE));

    private final DSLContext sql;

    Subjects(DSLContext sql) {
        this.sql = sql;
    }

    /// How the list is sorted.
    ///
    /// @param asked `subject` (usual), `seen` (the longest ago first) or `source`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    public static Sort sort(@Nullable String asked) {
        return Sort.read(asked, "subject", List.of("subject", "seen", "source"));
    }

    /// Those that fit.
    ///
    /// @param unclaimed true for those that are still there and that no entity claims, false for claimed ones,
    ///     null for all
    /// @param sort as [#sort] read it
    public Slice<SubjectView> list(@Nullable Boolean unclaimed, Sort sort, int limit, @Nullable String cursor) {
        var claimed = field(CLAIMED).as("claimed");
        var wanted = unclaimed == null ? noCondition() : unclaimed ? UNCLAIMED : CLAIMED;
        var keys = new Keyset(sort, COLUMNS, SUBJECT);
        var query = sql.select(keys.select())
                .select(
                        SUBJECT,
                        FACTS,
                        FIRST_SEEN_AT,
                        LAST_SEEN_AT,
                        SOURCE,
                        CONNECTION,
                        DELIVERY_ID,
                        MOVED_TO,
                        DELETED,
                        claimed)
                .from(SUBJECT_TABLE)
                .where(wanted);
        return keys.read(
                query,
                limit,
                cursor,
                row -> new SubjectView(
                        row.get(SUBJECT),
                        row.get(claimed),
                        List.of(row.get(FACTS)),
                        row.get(FIRST_SEEN_AT),
                        row.get(LAST_SEEN_AT),
                        row.get(SOURCE),
                        row.get(CONNECTION),
                        row.get(DELIVERY_ID),
                        row.get(MOVED_TO),
                        row.get(DELETED)));
    }

    /// What a delivery told, by subject.
    ///
    /// @param limit of subjects
    public List<ToldView> toldBy(String delivery, int limit) {
        var told = sql.select(Told.SUBJECT, Told.FACTS, Told.TOLD_AT)
                .from(Told.TOLD)
                .where(Told.DELIVERY_ID.eq(delivery))
                .orderBy(Told.SUBJECT)
                .limit(limit)
                .fetch();
        var claims = sql.select(Claim.SUBJECT, Claim.ENTITY)
                .from(Claim.CLAIM)
                .where(Claim.SUBJECT.in(told.getValues(Told.SUBJECT)))
                .orderBy(Claim.ENTITY)
                .fetchGroups(Claim.SUBJECT, Claim.ENTITY);
        return told.map(row -> new ToldView(
                row.get(Told.SUBJECT),
                List.of(row.get(Told.FACTS)),
                row.get(Told.TOLD_AT),
                claims.getOrDefault(row.get(Told.SUBJECT), List.of())));
    }

    /// How many no entity claims.
    public int countUnclaimed() {
        return sql.fetchCount(SUBJECT_TABLE, UNCLAIMED);
    }

    /// What a delivery told about a subject.
    ///
    /// @param facts names of the facts
    /// @param claimedBy entities that claim it now
    public record ToldView(String subject, List<String> facts, Instant at, List<String> claimedBy) {}

    /// A subject that facts were reported about.
    ///
    /// @param claimed whether an entity claims it, by its name or by one that it took the place of
    /// @param facts names of the facts
    /// @param source of the last report
    /// @param movedTo subject that took its place; null when none did
    /// @param deleted whether it was deleted
    public record SubjectView(
            String subject,
            boolean claimed,
            List<String> facts,
            Instant firstSeenAt,
            Instant lastSeenAt,
            String source,
            String connection,
            String deliveryId,
            @Nullable String movedTo,
            boolean deleted) {

        /// Lines that a descriptor needs to claim it.
        @JsonIgnore
        public String hint() {
            return ClaimHint.of(subject);
        }
    }
}
