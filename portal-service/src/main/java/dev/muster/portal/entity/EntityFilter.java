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
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.muster.portal.readmodel.ReadModel.Result;
import java.util.Locale;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Which entities are wanted, and in which order. What is null or empty does not filter.
///
/// @param q part of the reference or the title
/// @param kind in any case, such as Component
/// @param scorecard only those that it scores
/// @param level only those whose highest level is this one; `none` for those below the lowest
/// @param sort `name` (the reference, usual), `score` (lowest first) or `tier` (most critical first)
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

    /// Everything that an owner owns.
    public static EntityFilter ownedBy(String owner) {
        return new EntityFilter(null, null, null, null, owner, null, null, null, null, null, null);
    }

    /// The same in another order.
    public EntityFilter sortedBy(String order) {
        return new EntityFilter(q, kind, type, lifecycle, owner, system, tier, tag, scorecard, level, order);
    }

    /// Whether it leaves anything out.
    public boolean narrows() {
        return tier != null
                || Stream.of(q, kind, type, lifecycle, owner, system, tag, scorecard, level)
                        .anyMatch(EntityFilter::has);
    }

    Condition condition() {
        return contains()
                .and(has(kind) ? lower(KIND).eq(lower(val(kind))) : noCondition())
                .and(equal(TYPE, type))
                .and(equal(LIFECYCLE, lifecycle))
                .and(equal(OWNER, lowered(owner)))
                .and(equal(SYSTEM, lowered(system)))
                .and(tier == null ? noCondition() : TIER.eq(tier))
                .and(tag == null || tag.isBlank() ? noCondition() : TAGS.contains(new String[] {tag}))
                .and(scored());
    }

    /// The number by which the list is sorted; equals are sorted by reference.
    Field<Integer> order() {
        return switch (sort == null ? "" : sort) {
            case "score" ->
                coalesce(
                        field(select(min(Result.SCORE))
                                .from(Result.RESULT)
                                .where(Result.ENTITY.eq(REF))
                                .and(equal(Result.SCORECARD, scorecard))),
                        LAST);
            case "tier" -> coalesce(TIER, LAST);
            default -> val(0);
        };
    }

    private Condition contains() {
        if (q == null || q.isBlank()) {
            return noCondition();
        }
        return REF.containsIgnoreCase(q.strip()).or(TITLE.containsIgnoreCase(q.strip()));
    }

    private Condition scored() {
        if (!has(scorecard) && !has(level)) {
            return noCondition();
        }
        var reached = level == null || level.isBlank()
                ? noCondition()
                : level.equals("none") ? Result.LEVEL.isNull() : Result.LEVEL.eq(level);
        return exists(selectOne()
                .from(Result.RESULT)
                .where(Result.ENTITY.eq(REF), equal(Result.SCORECARD, scorecard), reached));
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
