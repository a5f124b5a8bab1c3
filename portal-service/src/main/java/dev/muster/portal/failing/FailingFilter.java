package dev.muster.portal.failing;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.muster.portal.readmodel.ReadModel.Entity;
import dev.muster.portal.readmodel.ReadModel.Result;
import dev.muster.portal.readmodel.ReadModel.Scorecard;
import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Which rules of which entities are wanted. What is null or empty does not filter; `none` wants those that have no
/// owner, system or dimension.
///
/// @param scorecard without it, drafts are left out
/// @param rule id of one rule
/// @param outcome name of one, or `failing` (FAIL and ERROR, usual) or `undecided` (UNKNOWN and STALE)
/// @param sort `level` (what the lowest levels need first, usual), `tier` (most critical first), `weight` (heaviest
///     first), `since` (longest first), `entity` or `owner`; with a minus in front the other way round
public record FailingFilter(
        @Nullable String scorecard,
        @Nullable String owner,
        @Nullable String system,
        @Nullable String entity,
        @Nullable Integer tier,
        @Nullable String dimension,
        @Nullable String rule,
        @Nullable String outcome,
        @Nullable String sort) {

    /// Stands for having none.
    public static final String NONE = "none";

    static final Field<JSONB> RULE = field(name("rule", "value"), SQLDataType.JSONB);

    /// Every failing rule of what an owner owns.
    public static FailingFilter ownedBy(String owner) {
        return new FailingFilter(null, owner, null, null, null, null, null, null, null);
    }

    /// The names of the outcomes that it wants.
    public List<String> outcomes() {
        return switch (outcome == null || outcome.isBlank() ? "failing" : outcome.toLowerCase(Locale.ROOT)) {
            case "failing" -> List.of("FAIL", "ERROR");
            case "undecided" -> List.of("UNKNOWN", "STALE");
            default -> List.of(String.valueOf(outcome).toUpperCase(Locale.ROOT));
        };
    }

    Condition condition() {
        var wanted = outcomes().toArray(String[]::new);
        return field("{0} && {1}", Boolean.class, Result.OUTCOMES, val(wanted, SQLDataType.CLOB.array()))
                .isTrue()
                .and(text("outcome").in(wanted))
                .and(has(scorecard) ? Result.SCORECARD.eq(scorecard) : Scorecard.DRAFT.isFalse())
                .and(reference(Entity.OWNER, owner))
                .and(reference(Entity.SYSTEM, system))
                .and(orNone(Entity.REF, entity == null ? null : entity.toLowerCase(Locale.ROOT)))
                .and(tier == null ? noCondition() : Entity.TIER.eq(tier))
                .and(orNone(text("dimension"), dimension))
                .and(has(rule) ? text("id").eq(rule) : noCondition());
    }

    static Field<String> text(String part) {
        return field("{0} ->> {1}", SQLDataType.VARCHAR, RULE, val(part));
    }

    private static Condition reference(Field<String> field, @Nullable String wanted) {
        return orNone(field, wanted == null ? null : wanted.toLowerCase(Locale.ROOT));
    }

    private static Condition orNone(Field<String> field, @Nullable String wanted) {
        if (wanted == null || wanted.isBlank()) {
            return noCondition();
        }
        return wanted.equals(NONE) ? field.isNull() : field.eq(wanted);
    }

    private static boolean has(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
