package dev.muster.portal.initiative;

import static dev.muster.portal.readmodel.ReadModel.Transition.AT;
import static dev.muster.portal.readmodel.ReadModel.Transition.CHANGES;
import static dev.muster.portal.readmodel.ReadModel.Transition.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Transition.LEVEL_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.LEVEL_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORE_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORE_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.TRANSITION;
import static dev.muster.portal.readmodel.ReadModel.Transition.VERSION;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.ReadModel.Transition;
import dev.muster.portal.result.Results.Standing;
import dev.muster.portal.transition.TransitionView.RuleChangeView;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Recorded transitions from the newest back, as far as they matter for a target, so that from how an entity stands
/// follows how it stood.
@Repository
class Past {

    private static final int AT_ONCE = 500;

    private final DSLContext sql;

    Past(DSLContext sql) {
        this.sql = sql;
    }

    /// One transition, seen from after it.
    ///
    /// @param scored whether there was a result before
    /// @param level before
    /// @param changes of rules; empty where the target is a level
    record Step(
            String entity,
            Instant at,
            boolean scored,
            @Nullable String level,
            List<RuleChangeView> changes) {

        /// How the entity stood before; null when nothing scored it.
        ///
        /// @param after null when nothing scored it any more
        @Nullable
        Standing undone(@Nullable Standing after) {
            if (!scored) {
                return null;
            }
            var outcomes = after == null ? new HashMap<String, String>() : new HashMap<>(after.outcomes());
            for (var change : changes) {
                if (change.before() == null) {
                    outcomes.remove(change.rule());
                } else {
                    outcomes.put(change.rule(), change.before());
                }
            }
            return new Standing(level, outcomes);
        }
    }

    /// Steps of all entities since an instant.
    ///
    /// @param until the last instant that counts; null for everything since
    void between(Instant since, @Nullable Instant until, String scorecard, Target target, Consumer<Step> steps) {
        each(SCORECARD.eq(scorecard).and(AT.ge(since)).and(upTo(until)), target, steps);
    }

    /// Steps of some entities, as far back as history goes.
    ///
    /// @param until the last instant that counts; null for everything
    void of(
            Collection<String> entities,
            @Nullable Instant until,
            String scorecard,
            Target target,
            Consumer<Step> steps) {
        if (!entities.isEmpty()) {
            each(SCORECARD.eq(scorecard).and(ENTITY.in(entities)).and(upTo(until)), target, steps);
        }
    }

    private static Condition upTo(@Nullable Instant until) {
        return until == null ? noCondition() : AT.le(until);
    }

    private void each(Condition which, Target target, Consumer<Step> steps) {
        var begunOrEnded = SCORE_BEFORE.isNull().or(SCORE_AFTER.isNull());
        var matters = switch (target) {
            case Target.Level _ -> begunOrEnded.or(LEVEL_BEFORE.isDistinctFrom(LEVEL_AFTER));
            case Target.Rules(var rules, var _, var _) -> begunOrEnded.or(changes(rules));
        };
        sql.transaction(
                tx -> { // without one the driver would read all rows at once
                    try (var rows = DSL.using(tx)
                            .select(ENTITY, AT, SCORE_BEFORE, LEVEL_BEFORE, CHANGES)
                            .from(TRANSITION)
                            .where(which)
                            .and(matters)
                            .orderBy(AT.desc(), VERSION.desc())
                            .fetchSize(AT_ONCE)
                            .fetchLazy()) {
                        rows.forEach(row -> steps.accept(step(row, target)));
                    }
                });
    }

    private static Condition changes(List<String> rules) {
        return condition(
                "exists (select 1 from jsonb_array_elements({0}) as c where c ->> 'rule' = any({1}))",
                CHANGES, val(rules.toArray(String[]::new)));
    }

    private static Step step(Record row, Target target) {
        return new Step(
                row.get(ENTITY),
                row.get(AT),
                row.get(SCORE_BEFORE) != null,
                row.get(LEVEL_BEFORE),
                switch (target) {
                    case Target.Level _ -> List.of();
                    case Target.Rules(var rules, var _, var _) ->
                        Documents.readList(row.get(Transition.CHANGES), RuleChangeView.class).stream()
                                .filter(change -> rules.contains(change.rule()))
                                .toList();
                });
    }
}
