package dev.muster.portal.result;

import static dev.muster.portal.readmodel.ReadModel.Result.EVALUATED_AT;
import static dev.muster.portal.readmodel.ReadModel.Result.RESULT;
import static org.jooq.impl.DSL.val;

import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.conf.SettingsTools;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;

/// The results as of an instant, as a table of the same name and columns as that of the results of now.
///
/// They are those of now with everything undone that was recorded after the instant: what the first
/// transition after it began from, and of each rule what its first change after it began from. So it is
/// known while the transitions after the instant are kept, however old the last one before it is. Evidence
/// and messages are not recorded and missing where a rule changed since; where it did not, they are those of
/// now. The cause is that of what is undone: which one led to how it stood, the last transition before tells.
public final class ResultsAt {

    private static final String PAST = """
            (select later.entity, later.scorecard, later.scorecard_version, later.version - 1 as version,
                later.level_before as level, later.score_before as score, later.coverage_before as coverage,
                {0} as evaluated_at, null::timestamptz as next_change_at,
                array(select rule from (%1$s) as it where outcome is not null order by place, rule) as rule_ids,
                array(select outcome from (%1$s) as it where outcome is not null order by place, rule) as outcomes,
                (%2$s) as rules,
                later.cause
            from (
                select distinct on (entity, scorecard) entity, scorecard, scorecard_version, version, level_before,
                    score_before, coverage_before, cause
                from transition where at > {0} order by entity, scorecard, at, version) as later
            left join result as now on now.entity = later.entity and now.scorecard = later.scorecard
            left join (
                select entity, scorecard, array_agg(change ->> 'rule') as rules, array_agg(change ->> 'before') as befores,
                    jsonb_agg(change) as changes
                from (
                    select distinct on (entity, scorecard, change ->> 'rule') entity, scorecard, change
                    from transition cross join lateral jsonb_array_elements(changes) as change where at > {0}
                    order by entity, scorecard, change ->> 'rule', at, version) as first_change
                group by entity, scorecard) as undone
                on undone.entity = later.entity and undone.scorecard = later.scorecard
            where later.score_before is not null
            union all
            select entity, scorecard, scorecard_version, version, level, score, coverage, evaluated_at, next_change_at,
                rule_ids, outcomes, rules, cause
            from result as same
            where not exists (select 1 from transition as t
                where t.entity = same.entity and t.scorecard = same.scorecard and t.at > {0})
            and (evaluated_at <= {0} or exists (select 1 from transition as t
                where t.entity = same.entity and t.scorecard = same.scorecard and t.at <= {0})))
            """.formatted("""
            select known.rule, case when undo.rule is null then known.outcome else undo.before end as outcome, known.place
            from unnest(now.rule_ids, now.outcomes) with ordinality as known (rule, outcome, place)
            left join unnest(undone.rules, undone.befores) as undo (rule, before) on undo.rule = known.rule
            union all
            select undo.rule, undo.before, 1000000 from unnest(undone.rules, undone.befores) as undo (rule, before)
            where undo.rule <> all (coalesce(now.rule_ids, '{}'))""", """
            select coalesce(jsonb_agg(rule order by place, rule ->> 'id'), '[]') from (
                select known.rule || case when undo.change is null then '{}' else jsonb_build_object('outcome',
                    undo.change ->> 'before', 'message', '', 'evidence', '[]'::jsonb, 'nextChangeAt', null) end as rule, known.place
                from jsonb_array_elements(now.rules) with ordinality as known (rule, place)
                left join jsonb_array_elements(undone.changes) as undo (change) on undo.change ->> 'rule' = known.rule ->> 'id'
                where undo.change is null or undo.change ->> 'before' is not null
                union all
                select jsonb_build_object('id', undo.change ->> 'rule', 'title', undo.change ->> 'title', 'level',
                    undo.change ->> 'level', 'weight', 0, 'remediation', undo.change ->> 'remediation', 'outcome',
                    undo.change ->> 'before', 'message', '', 'evidence', '[]'::jsonb, 'since', {0}), 1000000
                from jsonb_array_elements(undone.changes) as undo (change)
                where undo.change ->> 'before' is not null and undo.change ->> 'rule' <> all (coalesce(now.rule_ids, '{}')))
            as it""");

    private static final int WITHIN_SECONDS = 5;
    private static final String CANCELLED = "57014";

    private ResultsAt() {}

    /// Reads from [#table]. As of an instant a statement is given up after five seconds, so that those that undo
    /// a year leave connections to others.
    ///
    /// @param at null for now
    /// @return what fails with a [dev.muster.service.ProblemException] (503) then
    public static DSLContext reader(DSLContext sql, @Nullable Instant at) {
        return at == null ? sql : reader(sql, WITHIN_SECONDS);
    }

    static DSLContext reader(DSLContext sql, int seconds) {
        var patient = sql.configuration();
        var listeners = Stream.concat(
                Arrays.stream(patient.executeListenerProviders()),
                Stream.of(new DefaultExecuteListenerProvider(ExecuteListener.onException(ResultsAt::explain))));
        return DSL.using(patient.derive(SettingsTools.clone(patient.settings()).withQueryTimeout(seconds))
                .derive(listeners.toArray(ExecuteListenerProvider[]::new)));
    }

    private static void explain(ExecuteContext context) {
        var reason = context.sqlException();
        if (reason != null && CANCELLED.equals(reason.getSQLState())) {
            context.exception(Problem.of(
                            ProblemType.UNAVAILABLE,
                            "So much happened since then that it takes too long to find how it stood; choose a later date")
                    .retryAfter(Duration.ofMinutes(1))
                    .asException());
        }
    }

    /// The table to read from.
    ///
    /// @param at null for now
    public static Table<Record> table(@Nullable Instant at) {
        return at == null ? RESULT : DSL.table(PAST, val(at, EVALUATED_AT)).as(RESULT.getName());
    }
}
