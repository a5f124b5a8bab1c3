package dev.muster.portal.waiver;

import static dev.muster.portal.readmodel.ReadModel.Waiver.BEGUN_AT;
import static dev.muster.portal.readmodel.ReadModel.Waiver.BEGUN_BY;
import static dev.muster.portal.readmodel.ReadModel.Waiver.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Waiver.EXPIRES_AT;
import static dev.muster.portal.readmodel.ReadModel.Waiver.FINDING;
import static dev.muster.portal.readmodel.ReadModel.Waiver.ID;
import static dev.muster.portal.readmodel.ReadModel.Waiver.KIND;
import static dev.muster.portal.readmodel.ReadModel.Waiver.REASON;
import static dev.muster.portal.readmodel.ReadModel.Waiver.RULE;
import static dev.muster.portal.readmodel.ReadModel.Waiver.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Waiver.STATE;
import static dev.muster.portal.readmodel.ReadModel.Waiver.STEPS;
import static dev.muster.portal.readmodel.ReadModel.Waiver.WAIVER;
import static org.jooq.impl.DSL.noCondition;

import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.paging.Sort;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.waiver.WaiverView.StepView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads attestations and exemptions, the newest first when nothing else is said.
@Repository
public class Waivers {

    private static final Map<String, List<Field<?>>> COLUMNS = Map.of(
            "begun", List.of(), "expires", List.of(EXPIRES_AT), "entity", List.of(ENTITY), "rule", List.of(RULE));

    private final DSLContext sql;
    private final InstantSource clock;

    Waivers(DSLContext sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /// What exemptions and attestations to list.
    public enum Which {
        /// Exemptions that somebody has to decide about.
        open,
        /// What stands in for evidence now.
        active,
        /// Everything, also what ended.
        all
    }

    /// Those of an entity, of any state.
    public List<WaiverView> of(String entity) {
        return select(ENTITY.eq(entity), List.of())
                .orderBy(BEGUN_AT.desc(), ID.desc())
                .fetch(this::view);
    }

    /// The same as they stood at an instant; null for now. Their ends are those of now.
    public List<WaiverView> of(String entity, @Nullable Instant at) {
        return at == null
                ? of(entity)
                : of(entity).stream().flatMap(it -> it.at(at).stream()).toList();
    }

    /// How the list is sorted.
    ///
    /// @param asked `-begun` (the newest first, usual), `expires`, `entity` or `rule`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    public static Sort sort(@Nullable String asked) {
        return Sort.read(asked, "-begun", List.of("begun", "expires", "entity", "rule"));
    }

    /// The one of an id.
    ///
    /// @param kind EXEMPTION or ATTESTATION
    public Optional<WaiverView> find(String kind, String id) {
        return select(KIND.eq(kind).and(ID.eq(id)), List.of()).fetchOptional(this::view);
    }

    /// Those that fit.
    ///
    /// @param kind `exemption` or `attestation` in any case, or null for both
    /// @param sort as [#sort] read it
    public Slice<WaiverView> list(Which which, @Nullable String kind, Sort sort, int limit, @Nullable String cursor) {
        var ofKind = kind == null || kind.isBlank() ? noCondition() : KIND.eq(kind.toUpperCase(Locale.ROOT));
        var keys = new Keyset(sort, COLUMNS, BEGUN_AT, ID);
        return keys.read(select(condition(which).and(ofKind), keys.select()), limit, cursor, this::view);
    }

    /// How many exemptions wait for a decision.
    public int countOpen() {
        return sql.fetchCount(WAIVER, condition(Which.open));
    }

    private Condition condition(Which which) {
        var now = clock.instant();
        return switch (which) {
            case open -> STATE.eq("REQUESTED").and(EXPIRES_AT.gt(now));
            case active -> STATE.in("APPROVED", "ATTESTED").and(EXPIRES_AT.gt(now));
            case all -> noCondition();
        };
    }

    private SelectConditionStep<? extends Record> select(Condition condition, List<Field<?>> more) {
        return sql.select(more)
                .select(
                        KIND,
                        ID,
                        ENTITY,
                        RULE,
                        SCORECARD,
                        FINDING,
                        REASON,
                        STATE,
                        BEGUN_AT,
                        BEGUN_BY,
                        EXPIRES_AT,
                        STEPS)
                .from(WAIVER)
                .where(condition);
    }

    private WaiverView view(Record row) {
        return new WaiverView(
                row.get(KIND),
                row.get(ID),
                row.get(ENTITY),
                row.get(RULE),
                row.get(SCORECARD),
                row.get(FINDING),
                row.get(REASON),
                row.get(STATE),
                row.get(BEGUN_AT),
                row.get(BEGUN_BY),
                row.get(EXPIRES_AT),
                !row.get(EXPIRES_AT).isAfter(clock.instant()),
                Documents.readList(row.get(STEPS), StepView.class));
    }
}
