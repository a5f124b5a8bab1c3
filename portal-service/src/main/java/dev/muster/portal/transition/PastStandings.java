package dev.muster.portal.transition;

import static dev.muster.portal.readmodel.ReadModel.Transition.AT;
import static dev.muster.portal.readmodel.ReadModel.Transition.CHANGES;
import static dev.muster.portal.readmodel.ReadModel.Transition.COVERAGE_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.COVERAGE_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Transition.KIND;
import static dev.muster.portal.readmodel.ReadModel.Transition.LEVEL_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.LEVEL_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORE_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORE_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.TRANSITION;
import static dev.muster.portal.readmodel.ReadModel.Transition.VERSION;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.Results;
import dev.muster.portal.transition.TransitionView.StandingView;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortOrder;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads how entities stood.
///
/// What the last transition up to the instant says of a rule counts; of what none of those says, what the first one
/// after it began from; else what is so now. So it is known while the transitions after the instant are kept, however
/// old the last one before it is.
@Repository
public class PastStandings {

    private static final Field<String> RULE = field("change ->> 'rule'", SQLDataType.VARCHAR);
    private static final Field<String> BEFORE = field("change ->> 'before'", SQLDataType.VARCHAR);
    private static final Field<String> AFTER = field("change ->> 'after'", SQLDataType.VARCHAR);

    private final DSLContext sql;
    private final Results results;

    PastStandings(DSLContext sql, Results results) {
        this.sql = sql;
        this.results = results;
    }

    /// How it stood; empty when there was no result yet, as far as is recorded.
    public Optional<PastStanding> find(String entity, String scorecard, Instant at) {
        var both = ENTITY.eq(entity).and(SCORECARD.eq(scorecard));
        var upTo = both.and(AT.le(at));
        var later = both.and(AT.gt(at));
        var now = results.find(entity, scorecard);
        var outcomes = new HashMap<String, String>();
        now.ifPresent(it -> it.rules().forEach(rule -> outcomes.put(rule.id(), rule.outcome())));
        replace(outcomes, later, BEFORE, SortOrder.ASC);
        replace(outcomes, upTo, AFTER, SortOrder.DESC);
        return first(upTo, SortOrder.DESC)
                .map(it -> new PastStanding(
                        it.get(VERSION),
                        Transitions.standing(it, LEVEL_AFTER, SCORE_AFTER, COVERAGE_AFTER),
                        outcomes,
                        it.get(KIND),
                        it.get(AT)))
                .or(() -> first(later, SortOrder.ASC).map(it -> old(it.get(VERSION) - 1, before(it), outcomes)))
                .or(() -> now.filter(it -> !it.evaluatedAt().isAfter(at))
                        .map(it -> old(it.version(), standing(it), outcomes)))
                .filter(it -> it.standing() != null || it.at() != null);
    }

    /// What the first change of each rule, in that order of time, says in `which`.
    private void replace(Map<String, String> outcomes, Condition condition, Field<String> which, SortOrder order) {
        sql.select(RULE, which)
                .distinctOn(RULE)
                .from(TRANSITION, table("jsonb_array_elements({0}) as change", CHANGES))
                .where(condition)
                .orderBy(RULE.asc(), AT.sort(order), VERSION.sort(order))
                .forEach(row -> {
                    if (row.get(which) == null) {
                        outcomes.remove(row.get(RULE));
                    } else {
                        outcomes.put(row.get(RULE), row.get(which));
                    }
                });
    }

    private Optional<? extends Record> first(Condition condition, SortOrder order) {
        return sql.select(
                        VERSION,
                        KIND,
                        AT,
                        LEVEL_BEFORE,
                        SCORE_BEFORE,
                        COVERAGE_BEFORE,
                        LEVEL_AFTER,
                        SCORE_AFTER,
                        COVERAGE_AFTER)
                .from(TRANSITION)
                .where(condition)
                .orderBy(AT.sort(order), VERSION.sort(order))
                .limit(1)
                .fetchOptional();
    }

    private static @Nullable StandingView before(Record row) {
        return Transitions.standing(row, LEVEL_BEFORE, SCORE_BEFORE, COVERAGE_BEFORE);
    }

    private static StandingView standing(ResultView it) {
        return new StandingView(it.level(), it.score(), it.coverage());
    }

    private static PastStanding old(long version, @Nullable StandingView standing, Map<String, String> outcomes) {
        return new PastStanding(version, standing, outcomes, null, null);
    }
}
