package dev.muster.portal.transition;

import static dev.muster.portal.readmodel.ReadModel.Transition.AT;
import static dev.muster.portal.readmodel.ReadModel.Transition.CAUSE;
import static dev.muster.portal.readmodel.ReadModel.Transition.CHANGES;
import static dev.muster.portal.readmodel.ReadModel.Transition.COVERAGE_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.COVERAGE_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Transition.ID;
import static dev.muster.portal.readmodel.ReadModel.Transition.KIND;
import static dev.muster.portal.readmodel.ReadModel.Transition.LEVEL_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.LEVEL_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.NOTIFY;
import static dev.muster.portal.readmodel.ReadModel.Transition.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORECARD_TITLE;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORECARD_VERSION;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORE_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORE_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.TIER;
import static dev.muster.portal.readmodel.ReadModel.Transition.TRANSITION;
import static dev.muster.portal.readmodel.ReadModel.Transition.VERSION;
import static java.time.temporal.ChronoUnit.MICROS;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.muster.portal.paging.Cursor;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.result.CauseView;
import dev.muster.portal.transition.TransitionView.RuleChangeView;
import dev.muster.portal.transition.TransitionView.StandingView;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads the history, the newest first.
@Repository
public class Transitions {

    private final DSLContext sql;

    Transitions(DSLContext sql) {
        this.sql = sql;
    }

    /// Those that the filter wants.
    ///
    /// @param cursor where to go on, as [Slice#next] gave it
    public Slice<TransitionView> list(TransitionFilter filter, int limit, @Nullable String cursor) {
        var items = sql.select(
                        AT,
                        ID,
                        ENTITY,
                        SCORECARD,
                        SCORECARD_TITLE,
                        SCORECARD_VERSION,
                        VERSION,
                        KIND,
                        LEVEL_BEFORE,
                        LEVEL_AFTER,
                        SCORE_BEFORE,
                        SCORE_AFTER,
                        COVERAGE_BEFORE,
                        COVERAGE_AFTER,
                        CHANGES,
                        CAUSE,
                        OWNER,
                        TIER,
                        NOTIFY)
                .from(TRANSITION)
                .where(filter.condition())
                .and(behind(cursor))
                .orderBy(AT.desc(), ID.desc())
                .limit(limit + 1)
                .fetch(Transitions::view);
        return Slice.cut(items, limit, last -> Cursor.of(MICROS.between(Instant.EPOCH, last.at()), last.id()));
    }

    public int count(TransitionFilter filter) {
        return sql.fetchCount(TRANSITION, filter.condition());
    }

    private static Condition behind(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return noCondition();
        }
        var position = Cursor.parse(cursor, 2);
        return row(AT, ID).lessThan(Instant.EPOCH.plus(position.number(0), MICROS), position.text(1));
    }

    private static TransitionView view(Record row) {
        return new TransitionView(
                row.get(ID),
                row.get(AT),
                row.get(ENTITY),
                row.get(SCORECARD),
                row.get(SCORECARD_TITLE),
                row.get(SCORECARD_VERSION),
                row.get(VERSION),
                row.get(KIND),
                standing(row, LEVEL_BEFORE, SCORE_BEFORE, COVERAGE_BEFORE),
                standing(row, LEVEL_AFTER, SCORE_AFTER, COVERAGE_AFTER),
                Documents.readList(row.get(CHANGES), RuleChangeView.class),
                Documents.read(row.get(CAUSE), CauseView.class),
                row.get(OWNER),
                row.get(TIER),
                row.get(NOTIFY));
    }

    static @Nullable StandingView standing(
            Record row, Field<String> level, Field<Integer> score, Field<Integer> coverage) {
        var known = row.get(score);
        return known == null ? null : new StandingView(row.get(level), known, row.get(coverage));
    }
}
