package dev.muster.portal.failing;

import static dev.muster.portal.failing.FailingFilter.RULE;
import static dev.muster.portal.failing.FailingFilter.text;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;

import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.paging.Sort;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.ReadModel.Entity;
import dev.muster.portal.readmodel.ReadModel.Result;
import dev.muster.portal.readmodel.ReadModel.Scorecard;
import dev.muster.portal.result.ResultsAt;
import dev.muster.portal.result.RuleView;
import dev.muster.portal.transition.RuleCauses;
import dev.muster.portal.transition.RuleCauses.Place;
import dev.muster.portal.transition.RuleCauses.RuleCause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Repository;

/// Reads rules that stand in the way: what the lowest levels need comes first, then the most critical entities, then
/// the greatest weight.
@Repository
public class Failing {

    private static final int LAST = 1_000_000;
    private static final Field<Integer> LEVEL =
            coalesce(field("array_position({0}, {1} ->> 'level')", SQLDataType.INTEGER, Scorecard.LEVELS, RULE), LAST);
    private static final Field<Integer> TIER = coalesce(Entity.TIER, LAST);
    private static final Field<Integer> LIGHTNESS = field("-({0} ->> 'weight')::int", SQLDataType.INTEGER, RULE);
    private static final Field<String> EFFORT = field(
            "(select definition ->> 'effort' from jsonb_array_elements({0}) definition"
                    + " where definition ->> 'id' = {1} ->> 'id' limit 1)",
            SQLDataType.VARCHAR, Scorecard.RULES, RULE);

    private static final Map<String, List<Field<?>>> COLUMNS = columns();

    private static Map<String, List<Field<?>>> columns() {
        var columns = new LinkedHashMap<String, List<Field<?>>>();
        columns.put("level", List.of(LEVEL, TIER, LIGHTNESS));
        columns.put("tier", List.of(TIER, LEVEL, LIGHTNESS));
        columns.put("weight", List.of(LIGHTNESS, LEVEL, TIER));
        columns.put("since", List.of(coalesce(text("since"), "")));
        columns.put("entity", List.of());
        columns.put("owner", List.of(Keyset.last(Entity.OWNER), LEVEL));
        return columns;
    }

    private final DSLContext sql;
    private final RuleCauses causes;
    private final @Nullable Instant at;

    @Autowired
    Failing(DSLContext sql, RuleCauses causes) {
        this(sql, causes, null);
    }

    private Failing(DSLContext sql, RuleCauses causes, @Nullable Instant at) {
        this.sql = sql;
        this.causes = causes;
        this.at = at;
    }

    /// The same as of an instant; null for now. Evidence is not recorded, and what is known of entities and scorecards
    /// is that of now.
    public Failing at(@Nullable Instant instant) {
        return new Failing(ResultsAt.reader(sql, instant), causes, instant);
    }

    /// Those that fit, each with its cause.
    public Slice<FailingView> list(FailingFilter filter, int limit, @Nullable String cursor) {
        var effort = EFFORT.as("effort");
        var keys = new Keyset(sort(filter), COLUMNS, Entity.REF, Result.SCORECARD, text("id"));
        var rows = from(sql.select(keys.select())
                        .select(
                                effort,
                                Entity.REF,
                                Entity.NAME,
                                Entity.TITLE,
                                Entity.OWNER,
                                Entity.SYSTEM,
                                Entity.TIER,
                                Result.SCORECARD,
                                Scorecard.TITLE,
                                RULE)
                        .from(ResultsAt.table(at)))
                .where(filter.condition(), keys.behind(cursor))
                .orderBy(keys.order())
                .limit(limit + 1)
                .fetch();
        var slice = Slice.cut(rows, limit, keys::cursor);
        var items = slice.items().stream().map(it -> view(it, effort)).toList();
        var known = causes.find(items.stream().map(Failing::place).toList(), at);
        return new Slice<>(
                items.stream().map(it -> told(it, known.get(place(it)))).toList(), slice.next());
    }

    /// How a filter wants the list sorted.
    ///
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    static Sort sort(FailingFilter filter) {
        return Sort.read(filter.sort(), "level", COLUMNS.keySet());
    }

    /// How many fit.
    public int count(FailingFilter filter) {
        return sql.fetchCount(from(sql.select(RULE).from(ResultsAt.table(at))).where(filter.condition()));
    }

    private static <R extends Record> SelectOnConditionStep<R> from(SelectJoinStep<R> results) {
        return results.join(Entity.ENTITY)
                .on(Entity.REF.eq(Result.ENTITY))
                .join(Scorecard.SCORECARD)
                .on(Scorecard.NAME.eq(Result.SCORECARD))
                .join(table("lateral jsonb_array_elements({0})", Result.RULES).as("rule"))
                .on(trueCondition());
    }

    private static FailingView view(Record row, Field<String> effort) {
        return new FailingView(
                row.get(Entity.REF),
                row.get(Entity.TITLE) == null ? row.get(Entity.NAME) : row.get(Entity.TITLE),
                row.get(Entity.OWNER),
                row.get(Entity.SYSTEM),
                row.get(Entity.TIER),
                row.get(Result.SCORECARD),
                row.get(Scorecard.TITLE),
                Documents.read(row.get(RULE), RuleView.class),
                row.get(effort),
                null);
    }

    private FailingView told(FailingView it, @Nullable RuleCause cause) {
        return at == null ? it.with(it.rule(), cause) : it.with(RuleCause.past(it.rule(), at, cause), cause);
    }

    private static Place place(FailingView it) {
        return new Place(it.entity(), it.scorecard(), it.rule().id());
    }
}
