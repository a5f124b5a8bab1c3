package dev.muster.portal.transition;

import static dev.muster.portal.readmodel.ReadModel.Transition.AT;
import static dev.muster.portal.readmodel.ReadModel.Transition.DELIVERY_ID;
import static dev.muster.portal.readmodel.ReadModel.Transition.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Transition.KIND;
import static dev.muster.portal.readmodel.ReadModel.Transition.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Transition.SOURCE;
import static org.jooq.impl.DSL.noCondition;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Which transitions are wanted. What is null or empty does not filter.
///
/// @param kind in any case
/// @param since at or after this instant
/// @param until before this instant
public record TransitionFilter(
        @Nullable String entity,
        @Nullable String scorecard,
        @Nullable String kind,
        @Nullable String owner,
        @Nullable String source,
        @Nullable String delivery,
        @Nullable Instant since,
        @Nullable Instant until) {

    public static final TransitionFilter ALL = new TransitionFilter(null, null, null, null, null, null, null, null);

    /// Those of one entity.
    public static TransitionFilter ofEntity(String entity, @Nullable String scorecard) {
        return new TransitionFilter(entity, scorecard, null, null, null, null, null, null);
    }

    /// Those of what an owner owned at that time.
    public static TransitionFilter ofOwner(String owner) {
        return new TransitionFilter(null, null, null, owner, null, null, null, null);
    }

    /// Those of one kind since an instant.
    public static TransitionFilter ofKind(String kind, Instant since) {
        return new TransitionFilter(null, null, kind, null, null, null, since, null);
    }

    /// The same, of what had happened by an instant.
    ///
    /// @param at null for now
    public TransitionFilter upTo(@Nullable Instant at) {
        return at == null
                ? this
                : new TransitionFilter(
                        entity, scorecard, kind, owner, source, delivery, since, at.plus(1, ChronoUnit.MICROS));
    }

    Condition condition() {
        return equal(ENTITY, entity == null ? null : entity.toLowerCase(Locale.ROOT))
                .and(equal(SCORECARD, scorecard))
                .and(equal(KIND, kind == null ? null : kind.toUpperCase(Locale.ROOT)))
                .and(equal(OWNER, owner == null ? null : owner.toLowerCase(Locale.ROOT)))
                .and(equal(SOURCE, source))
                .and(equal(DELIVERY_ID, delivery))
                .and(since == null ? noCondition() : AT.ge(since))
                .and(until == null ? noCondition() : AT.lt(until));
    }

    private static Condition equal(Field<String> field, @Nullable String value) {
        return value == null || value.isBlank() ? noCondition() : field.eq(value);
    }
}
