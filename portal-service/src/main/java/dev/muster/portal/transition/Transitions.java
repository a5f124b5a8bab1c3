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

import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.paging.Sort;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.result.CauseView;
import dev.muster.portal.transition.TransitionView.RuleChangeView;
import dev.muster.portal.transition.TransitionView.StandingView;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads the history, the newest first when nothing else is said.
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
        return list(filter, sort(null), limit, cursor);
    }

    /// How the list is sorted.
    ///
    /// @param asked `-at` (the newest first, usual) or `at`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    public static Sort sort(@Nullable String asked) {
        return Sort.read(asked, "-at", List.of("at"));
    }

    /// The same in another order.
    public Slice<TransitionView> list(TransitionFilter filter, Sort sort, int limit, @Nullable String cursor) {
        var keys = new Keyset(sort, Map.of(), AT, ID);
        var query = sql.select(keys.select())
                .select(
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
                .where(filter.condition());
        return keys.read(query, limit, cursor, Transitions::view);
    }

    public int count(TransitionFilter filter) {
        return sql.fetchCount(TRANSITION, filter.condition());
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
