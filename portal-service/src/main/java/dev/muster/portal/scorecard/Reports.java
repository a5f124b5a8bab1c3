package dev.muster.portal.scorecard;

import static dev.muster.portal.readmodel.ReadModel.Result.COVERAGE;
import static dev.muster.portal.readmodel.ReadModel.Result.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Result.LEVEL;
import static dev.muster.portal.readmodel.ReadModel.Result.SCORE;
import static dev.muster.portal.readmodel.ReadModel.Result.SCORECARD;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import dev.muster.portal.readmodel.ReadModel.Entity;
import dev.muster.portal.readmodel.ReadModel.Result;
import dev.muster.portal.result.ResultsAt;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Repository;

/// Counts over results.
@Repository
public class Reports {

    private static final String UNGROUPED = "";

    private final DSLContext sql;
    private final Table<Record> results;

    @Autowired
    Reports(DSLContext sql) {
        this(sql, ResultsAt.table(null));
    }

    private Reports(DSLContext sql, Table<Record> results) {
        this.sql = sql;
        this.results = results;
    }

    /// The same over the results as of an instant; null for now.
    public Reports at(@Nullable Instant at) {
        return new Reports(ResultsAt.reader(sql, at), ResultsAt.table(at));
    }

    /// How all entities of a scorecard stand.
    public Distribution distribution(ScorecardView scorecard) {
        return grouped(scorecard, val(UNGROUPED), false)
                .getOrDefault(UNGROUPED, new Tally())
                .distribution(scorecard.levels());
    }

    /// How the entities of an owner stand.
    public Distribution distribution(ScorecardView scorecard, String owner) {
        return grouped(scorecard, Entity.OWNER, true)
                .getOrDefault(owner, new Tally())
                .distribution(scorecard.levels());
    }

    /// How groups of entities stand, by name of the group; entities without one come under the empty name.
    public List<Group> report(ScorecardView scorecard, GroupBy groupBy) {
        return grouped(scorecard, groupBy.expression(), true).entrySet().stream()
                .map(entry -> new Group(
                        entry.getKey().isEmpty() ? null : entry.getKey(),
                        entry.getValue().distribution(scorecard.levels())))
                .toList();
    }

    /// Rule to outcome to number of entities. What does not count has no entry.
    public Map<String, Map<String, Integer>> outcomes(String scorecard) {
        Field<String> rule = field(name("rule"), SQLDataType.VARCHAR);
        Field<String> outcome = field(name("outcome"), SQLDataType.VARCHAR);
        var unnested = sql.select(
                        field("unnest({0})", SQLDataType.VARCHAR, Result.RULE_IDS)
                                .as(rule),
                        field("unnest({0})", SQLDataType.VARCHAR, Result.OUTCOMES)
                                .as(outcome))
                .from(results)
                .where(SCORECARD.eq(scorecard))
                .asTable("unnested");
        var tallies = new LinkedHashMap<String, Map<String, Integer>>();
        sql.select(rule, outcome, count())
                .from(unnested)
                .groupBy(rule, outcome)
                .forEach(row -> tallies.computeIfAbsent(row.get(rule), _ -> new TreeMap<>())
                        .put(row.get(outcome), row.value3()));
        return tallies;
    }

    private Map<String, Tally> grouped(ScorecardView scorecard, Field<String> expression, boolean needsEntity) {
        var group = expression.as("grp");
        var from = needsEntity ? results.join(Entity.ENTITY).on(Entity.REF.eq(ENTITY)) : results;
        var inner = sql.select(group, LEVEL, SCORE, COVERAGE)
                .from(from)
                .where(SCORECARD.eq(scorecard.name()))
                .asTable("standing");
        var grp = inner.field(group);
        var level = inner.field(LEVEL);
        var tallies = new TreeMap<String, Tally>();
        sql.select(grp, level, count(), sum(inner.field(SCORE)), sum(inner.field(COVERAGE)))
                .from(inner)
                .groupBy(grp, level)
                .forEach(row -> {
                    var key = row.value1() == null ? UNGROUPED : row.value1();
                    tallies.computeIfAbsent(key, _ -> new Tally())
                            .add(row.value2(), row.value3(), row.value4(), row.value5());
                });
        return tallies;
    }

    /// How one group stands.
    ///
    /// @param group its name; null for entities that belong to none
    public record Group(@Nullable String group, Distribution standing) {}

    private static final class Tally {
        private final Map<String, Integer> levels = new LinkedHashMap<>();
        private int entities;
        private BigDecimal score = BigDecimal.ZERO;
        private BigDecimal coverage = BigDecimal.ZERO;

        void add(@Nullable String level, int count, BigDecimal scores, BigDecimal coverages) {
            levels.merge(level == null ? Distribution.NONE : level, count, Integer::sum);
            entities += count;
            score = score.add(scores);
            coverage = coverage.add(coverages);
        }

        Distribution distribution(List<String> order) {
            var ordered = new LinkedHashMap<String, Integer>();
            order.reversed().forEach(level -> ordered.put(level, 0));
            ordered.put(Distribution.NONE, 0);
            // Who holds a level that the scorecard has lost counts as below, until evaluated again.
            levels.forEach((level, number) ->
                    ordered.merge(order.contains(level) ? level : Distribution.NONE, number, Integer::sum));
            return new Distribution(entities, ordered, average(score), average(coverage));
        }

        private int average(BigDecimal total) {
            return entities == 0 ? 0 : (int) Math.round(total.doubleValue() / entities);
        }
    }
}
