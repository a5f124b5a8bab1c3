package dev.muster.portal.entity;

import static dev.muster.portal.readmodel.ReadModel.Entity.KIND;
import static dev.muster.portal.readmodel.ReadModel.Entity.LIFECYCLE;
import static dev.muster.portal.readmodel.ReadModel.Entity.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Entity.REF;
import static dev.muster.portal.readmodel.ReadModel.Entity.SYSTEM;
import static dev.muster.portal.readmodel.ReadModel.Entity.TAGS;
import static dev.muster.portal.readmodel.ReadModel.Entity.TIER;
import static dev.muster.portal.readmodel.ReadModel.Entity.TITLE;
import static dev.muster.portal.readmodel.ReadModel.Entity.TYPE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Sort;
import dev.muster.portal.readmodel.ReadModel.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Which entities are wanted, and in which order. What is null or empty does not filter.
///
/// @param q part of the reference or the title
/// @param kind in any case, such as Component
/// @param scorecard only those that it scores
/// @param level only those whose highest level is this one; `none` for those below the lowest
/// @param sort `name` (the reference, usual), `score` (lowest first), `tier` (most critical first), `owner` or
///     `lifecycle`; with a minus in front the other way round
public record EntityFilter(
        @Nullable String q,
        @Nullable String kind,
        @Nullable String type,
        @Nullable String lifecycle,
        @Nullable String owner,
        @Nullable String system,
        @Nullable Integer tier,
        @Nullable String tag,
        @Nullable String scorecard,
        @Nullable String level,
        @Nullable String sort) {

    private static final int LAST = 1_000_000;

    static final Field<String> SCORED = field(name("lowest", "entity"), SQLDataType.VARCHAR);

    /// What each order goes by. What is not there comes last.
    static final Map<String, List<Field<?>>> COLUMNS = columns();

    private static Map<String, List<Field<?>>> columns() {
        var columns = new LinkedHashMap<String, List<Field<?>>>();
        columns.put("name", List.of());
        columns.put("score", List.of(coalesce(field(name("lowest", "score"), SQLDataType.INTEGER), LAST)));
        columns.put("tier", List.of(coalesce(TIER, LAST)));
        columns.put("owner", List.of(Keyset.last(OWNER)));
        columns.put("lifecycle", List.of(Keyset.last(LIFECYCLE)));
        return columns;
    }

    /// Everything that an owner owns.
    public static EntityFilter ownedBy(String owner) {
        return new EntityFilter(null, null, null, null, owner, null, null, null, null, null, null);
    }

    /// The same in another order.
    public EntityFilter sortedBy(@Nullable String order) {
        return new EntityFilter(q, kind, type, lifecycle, owner, system, tier, tag, scorecard, level, order);
    }

    /// Whether it leaves anything out.
    public boolean narrows() {
        return tier != null
                || Stream.of(q, kind, type, lifecycle, owner, system, tag, scorecard, level)
                        .anyMatch(EntityFilter::has);
    }

    /// @param results that it looks at
    Condition condition(Table<Record> results) {
        return contains()
                .and(has(kind) ? lower(KIND).eq(lower(val(kind))) : noCondition())
                .and(equal(TYPE, type))
                .and(equal(LIFECYCLE, lifecycle))
                .and(equal(OWNER, lowered(owner)))
                .and(equal(SYSTEM, lowered(system)))
                .and(tier == null ? noCondition() : TIER.eq(tier))
                .and(tag == null || tag.isBlank() ? noCondition() : TAGS.contains(new String[] {tag}))
                .and(scored(results));
    }

    /// How the list is sorted.
    ///
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    public Sort order() {
        return Sort.read(sort, "name", COLUMNS.keySet());
    }

    /// The lowest score of each entity on what the filter wants, when that is what the list is sorted by.
    Table<Record2<String, Integer>> lowest(Table<Record> results) {
        return select(Result.ENTITY, min(Result.SCORE).as("score"))
                .from(results)
                .where(equal(Result.SCORECARD, scorecard))
                .groupBy(Result.ENTITY)
                .asTable("lowest");
    }

    private Condition contains() {
        if (q == null || q.isBlank()) {
            return noCondition();
        }
        return REF.containsIgnoreCase(q.strip()).or(TITLE.containsIgnoreCase(q.strip()));
    }

    private Condition scored(Table<Record> results) {
        if (!has(scorecard) && !has(level)) {
            return noCondition();
        }
        var reached = level == null || level.isBlank()
                ? noCondition()
                : level.equals("none") ? Result.LEVEL.isNull() : Result.LEVEL.eq(level);
        return REF.in(select(Result.ENTITY).from(results).where(equal(Result.SCORECARD, scorecard), reached));
    }

    private static Condition equal(Field<String> field, @Nullable String value) {
        return has(value) ? field.eq(value) : noCondition();
    }

    private static boolean has(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    private static @Nullable String lowered(@Nullable String ref) {
        return ref == null ? null : ref.toLowerCase(Locale.ROOT);
    }
}
