package dev.muster.portal.entity;

import static dev.muster.portal.readmodel.ReadModel.Entity.APPLIED_AT;
import static dev.muster.portal.readmodel.ReadModel.Entity.DETAILS;
import static dev.muster.portal.readmodel.ReadModel.Entity.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Entity.KIND;
import static dev.muster.portal.readmodel.ReadModel.Entity.LIFECYCLE;
import static dev.muster.portal.readmodel.ReadModel.Entity.NAME;
import static dev.muster.portal.readmodel.ReadModel.Entity.NAMESPACE;
import static dev.muster.portal.readmodel.ReadModel.Entity.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Entity.REF;
import static dev.muster.portal.readmodel.ReadModel.Entity.SYSTEM;
import static dev.muster.portal.readmodel.ReadModel.Entity.TAGS;
import static dev.muster.portal.readmodel.ReadModel.Entity.TIER;
import static dev.muster.portal.readmodel.ReadModel.Entity.TITLE;
import static dev.muster.portal.readmodel.ReadModel.Entity.TYPE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.noCondition;

import dev.muster.portal.entity.EntityView.Details;
import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.ReadModel.Claim;
import dev.muster.portal.result.Results;
import dev.muster.portal.result.ResultsAt;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Repository;

/// Reads the catalogue.
@Repository
public class Entities {

    private static final Condition NOT_PEOPLE = lower(KIND).notIn("group", "user");

    private final DSLContext sql;
    private final Results results;
    private final Table<Record> scored;

    @Autowired
    Entities(DSLContext sql, Results results) {
        this(sql, results, ResultsAt.table(null));
    }

    private Entities(DSLContext sql, Results results, Table<Record> scored) {
        this.sql = sql;
        this.results = results;
        this.scored = scored;
    }

    /// The entities of now with their results as of an instant; null for now.
    public Entities at(@Nullable Instant at) {
        return new Entities(ResultsAt.reader(sql, at), results.at(at), ResultsAt.table(at));
    }

    public Optional<EntityView> find(String ref) {
        return sql.select(
                        REF,
                        KIND,
                        NAMESPACE,
                        NAME,
                        TITLE,
                        TYPE,
                        LIFECYCLE,
                        OWNER,
                        SYSTEM,
                        TIER,
                        TAGS,
                        DETAILS,
                        APPLIED_AT)
                .from(ENTITY)
                .where(REF.eq(ref))
                .fetchOptional(this::view);
    }

    /// All entities that the filter wants.
    public Slice<EntityItem> list(EntityFilter filter, int limit, @Nullable String cursor) {
        return list(filter, noCondition(), limit, cursor);
    }

    /// The same without groups and users, which own and are not scored.
    public Slice<EntityItem> scorable(EntityFilter filter, int limit, @Nullable String cursor) {
        return list(filter, NOT_PEOPLE, limit, cursor);
    }

    /// How many there are without groups and users.
    public int countScorable() {
        return sql.fetchCount(ENTITY, NOT_PEOPLE);
    }

    /// Groups whose parent is `ref`, sorted.
    public List<String> childrenOf(String ref) {
        return sql.select(REF)
                .from(ENTITY)
                .where(field("{0} ->> 'parent'", String.class, DETAILS).eq(ref))
                .orderBy(REF)
                .fetch(REF);
    }

    /// What people call each of `refs`; those that the catalogue does not have are missing.
    public Map<String, String> labels(List<String> refs) {
        var labels = new HashMap<String, String>();
        sql.select(REF, NAME, TITLE)
                .from(ENTITY)
                .where(REF.in(refs))
                .forEach(found ->
                        labels.put(found.get(REF), found.get(TITLE) == null ? found.get(NAME) : found.get(TITLE)));
        return labels;
    }

    private Slice<EntityItem> list(EntityFilter filter, Condition condition, int limit, @Nullable String cursor) {
        var sort = filter.order();
        var keys = new Keyset(sort, EntityFilter.COLUMNS, REF);
        var lowest = filter.lowest(scored);
        var rows = sql.select(keys.select())
                .select(REF, KIND, NAMESPACE, NAME, TITLE, TYPE, LIFECYCLE, OWNER, SYSTEM, TIER, TAGS)
                .from(sort.column().equals("score") ? ENTITY.leftJoin(lowest).on(EntityFilter.SCORED.eq(REF)) : ENTITY)
                .where(filter.condition(scored), condition, keys.behind(cursor))
                .orderBy(keys.order())
                .limit(limit + 1)
                .fetch();
        var slice = Slice.cut(rows, limit, keys::cursor);
        var summaries = results.summaries(
                slice.items().stream().map(item -> item.get(REF)).toList());
        return new Slice<>(
                slice.items().stream()
                        .map(item -> item(item, summaries.getOrDefault(item.get(REF), List.of())))
                        .toList(),
                slice.next());
    }

    private static EntityItem item(Record row, List<Results.Summary> results) {
        return new EntityItem(
                row.get(REF),
                row.get(KIND),
                row.get(NAMESPACE),
                row.get(NAME),
                row.get(TITLE),
                row.get(TYPE),
                row.get(LIFECYCLE),
                row.get(OWNER),
                row.get(SYSTEM),
                row.get(TIER),
                List.of(row.get(TAGS)),
                results);
    }

    private EntityView view(Record row) {
        var ref = row.get(REF);
        var claims = sql.select(Claim.SUBJECT)
                .from(Claim.CLAIM)
                .where(Claim.ENTITY.eq(ref))
                .orderBy(Claim.SUBJECT)
                .fetch(Claim.SUBJECT);
        var details = Documents.read(row.get(DETAILS), Details.class);
        return new EntityView(
                ref,
                row.get(KIND),
                row.get(NAMESPACE),
                row.get(NAME),
                row.get(TITLE),
                row.get(TYPE),
                row.get(LIFECYCLE),
                row.get(OWNER),
                row.get(SYSTEM),
                row.get(TIER),
                List.of(row.get(TAGS)),
                details,
                row.get(APPLIED_AT),
                claims,
                results.summaries(List.of(ref)).getOrDefault(ref, List.of()),
                details.dependsOn().isEmpty() ? List.of() : new Circles(sql).through(ref));
    }
}
