package dev.muster.portal.overview;

import dev.muster.portal.overview.HeatMap.Cell;
import dev.muster.portal.overview.HeatMap.Count;
import dev.muster.portal.readmodel.ReadModel.Entity;
import dev.muster.portal.result.ResultsAt;
import dev.muster.portal.scorecard.ScorecardView;
import dev.muster.portal.scorecard.ScorecardView.RuleDefinitionView;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Counts outcomes by group and dimension, in one statement over the arrays of the results.
@Repository
class HeatMaps {

    private static final String COUNT = """
            select grp, dimension,
                count(*) as entities,
                sum(passed) as passed, sum(failed) as failed, sum(undecided) as undecided,
                floor(avg(100.0 * passed_weight / nullif(decided_weight, 0))) as mean,
                floor(min(100.0 * passed_weight / nullif(decided_weight, 0))) as worst
            from (
                select coalesce({0}, '') as grp, rule.dimension,
                    count(*) filter (where it.outcome in ('PASS', 'WARN')) as passed,
                    count(*) filter (where it.outcome in ('FAIL', 'ERROR')) as failed,
                    count(*) filter (where it.outcome in ('UNKNOWN', 'STALE')) as undecided,
                    sum(rule.weight) filter (where it.outcome in ('PASS', 'WARN')) as passed_weight,
                    sum(rule.weight) filter (where it.outcome in ('PASS', 'WARN', 'FAIL', 'ERROR')) as decided_weight
                from {5}
                join entity on entity.ref = result.entity
                cross join lateral unnest(result.rule_ids, result.outcomes) as it (rule, outcome)
                join unnest({1}, {2}, {3}) as rule (id, dimension, weight) on rule.id = it.rule
                where result.scorecard = {4}
                group by grp, rule.dimension, result.entity) as by_entity
            group by grp, dimension
            having sum(passed) + sum(failed) + sum(undecided) > 0
            """;

    /// What makes the rows.
    enum Rows {
        owner("Teams"),
        system("Systems");

        private final String title;

        Rows(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        private Field<String> field() {
            return switch (this) {
                case owner -> Entity.OWNER;
                case system -> Entity.SYSTEM;
            };
        }
    }

    private final DSLContext sql;

    HeatMaps(DSLContext sql) {
        this.sql = sql;
    }

    /// All groups.
    ///
    /// @param at as of when; null for now
    HeatMap of(ScorecardView scorecard, Rows rows, @Nullable Instant at) {
        var rules = scorecard.rules();
        return HeatMap.of(ResultsAt.reader(sql, at)
                .resultQuery(
                        COUNT,
                        rows.field(),
                        DSL.val(rules.stream().map(RuleDefinitionView::id).toArray(String[]::new)),
                        DSL.val(rules.stream()
                                .map(it -> it.dimension() == null ? HeatMap.NONE : it.dimension())
                                .toArray(String[]::new)),
                        DSL.val(
                                rules.stream().map(RuleDefinitionView::weight).toArray(Integer[]::new),
                                SQLDataType.INTEGER.array()),
                        DSL.val(scorecard.name()),
                        ResultsAt.table(at))
                .fetch(HeatMaps::count));
    }

    private static Count count(Record row) {
        return new Count(
                row.get("grp", String.class),
                row.get("dimension", String.class),
                new Cell(
                        row.get("entities", Integer.class),
                        row.get("passed", Integer.class),
                        row.get("failed", Integer.class),
                        row.get("undecided", Integer.class),
                        row.get("mean", Integer.class),
                        row.get("worst", Integer.class)));
    }
}
