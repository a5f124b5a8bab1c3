package dev.muster.portal.result;

import static dev.muster.portal.readmodel.ReadModel.Result.CAUSE;
import static dev.muster.portal.readmodel.ReadModel.Result.COVERAGE;
import static dev.muster.portal.readmodel.ReadModel.Result.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Result.EVALUATED_AT;
import static dev.muster.portal.readmodel.ReadModel.Result.LEVEL;
import static dev.muster.portal.readmodel.ReadModel.Result.NEXT_CHANGE_AT;
import static dev.muster.portal.readmodel.ReadModel.Result.OUTCOMES;
import static dev.muster.portal.readmodel.ReadModel.Result.RESULT;
import static dev.muster.portal.readmodel.ReadModel.Result.RULES;
import static dev.muster.portal.readmodel.ReadModel.Result.RULE_IDS;
import static dev.muster.portal.readmodel.ReadModel.Result.SCORE;
import static dev.muster.portal.readmodel.ReadModel.Result.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Result.SCORECARD_VERSION;
import static dev.muster.portal.readmodel.ReadModel.Result.VERSION;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.ReadModel.Entity;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Repository;

/// Reads results, of now when nothing else is said.
@Repository
public class Results {

    private static final Field<Integer> FAILING = field(
            "cardinality(array_positions({0}, 'FAIL')) + cardinality(array_positions({0}, 'ERROR'))",
            SQLDataType.INTEGER, OUTCOMES);

    private static final String FAILING_NAME = "failing";

    /// Rows that are read at a time where all are gone through.
    private static final int PIECE = 200;

    private final DSLContext sql;
    private final Table<Record> results;

    @Autowired
    Results(DSLContext sql) {
        this(sql, RESULT);
    }

    private Results(DSLContext sql, Table<Record> results) {
        this.sql = sql;
        this.results = results;
    }

    /// Reads results as of an instant; null for now.
    public Results at(@Nullable Instant at) {
        return new Results(ResultsAt.reader(sql, at), ResultsAt.table(at));
    }

    public Optional<ResultView> find(String entity, String scorecard) {
        return views(ENTITY.eq(entity).and(SCORECARD.eq(scorecard))).stream().findFirst();
    }

    /// All scorecards of an entity, by name.
    public List<ResultView> of(String entity) {
        return views(ENTITY.eq(entity));
    }

    /// Goes through everything in which something fails for what an owner owns, in no order. However much
    /// that is, a piece of it is held at a time.
    public void failingOf(String owner, Consumer<ResultView> each) {
        var owned = DSL.select(Entity.REF).from(Entity.ENTITY).where(Entity.OWNER.eq(owner));
        // PostgreSQL sends pieces within a transaction only.
        sql.transaction(inside -> {
            var then = new Results(inside.dsl(), results);
            try (var rows = then.select(ENTITY.in(owned).and(FAILING.gt(0)))
                    .fetchSize(PIECE)
                    .fetchLazy()) {
                rows.forEach(row -> each.accept(view(row)));
            }
        });
    }

    /// Results of some entities on one scorecard, by entity; entities without one are missing.
    public Map<String, ResultView> on(String scorecard, Collection<String> entities) {
        return views(SCORECARD.eq(scorecard).and(ENTITY.in(entities))).stream()
                .collect(toMap(ResultView::entity, Function.identity()));
    }

    /// Results in short, by entity; entities without any are missing.
    public Map<String, List<Summary>> summaries(Collection<String> entities) {
        return sql
                .select(ENTITY, SCORECARD, VERSION, LEVEL, SCORE, COVERAGE, FAILING.as(FAILING_NAME))
                .from(results)
                .where(ENTITY.in(entities))
                .orderBy(ENTITY, SCORECARD)
                .stream()
                .collect(groupingBy(row -> row.get(ENTITY), mapping(Results::summary, toList())));
    }

    /// Levels that some entities reached on a scorecard, by entity, empty when not even the lowest;
    /// entities without a result on it are missing. Each is found by itself, so that as of an instant not
    /// everything is undone for them.
    public Map<String, Optional<String>> levels(String scorecard, Collection<String> entities) {
        var levels = new HashMap<String, Optional<String>>();
        var wanted = field(name("wanted", "ref"), ENTITY.getDataType());
        var of = DSL.select(ENTITY, LEVEL)
                .from(results)
                .where(ENTITY.eq(wanted), SCORECARD.eq(scorecard))
                .limit(1);
        sql.select(ENTITY, LEVEL)
                .from(DSL.table("unnest({0}) as wanted (ref)", DSL.val(entities.toArray(String[]::new))))
                .crossJoin(DSL.lateral(of.asTable(RESULT.getName())))
                .forEach(row -> levels.put(row.get(ENTITY), Optional.ofNullable(row.get(LEVEL))));
        return levels;
    }

    /// Goes through where every entity of a scorecard stands, in no order. A piece of it is held at a time.
    public void standings(String scorecard, BiConsumer<String, Standing> each) {
        sql.transaction(inside -> {
            try (var rows = inside.dsl()
                    .select(ENTITY, LEVEL, RULE_IDS, OUTCOMES)
                    .from(results)
                    .where(SCORECARD.eq(scorecard))
                    .fetchSize(PIECE)
                    .fetchLazy()) {
                rows.forEach(row -> each.accept(
                        row.get(ENTITY), Standing.of(row.get(LEVEL), row.get(RULE_IDS), row.get(OUTCOMES))));
            }
        });
    }

    private List<ResultView> views(Condition condition) {
        return select(condition).orderBy(SCORECARD).fetch(Results::view);
    }

    private SelectConditionStep<? extends Record> select(Condition condition) {
        return sql.select(
                        ENTITY,
                        SCORECARD,
                        SCORECARD_VERSION,
                        VERSION,
                        LEVEL,
                        SCORE,
                        COVERAGE,
                        EVALUATED_AT,
                        RULES,
                        CAUSE,
                        NEXT_CHANGE_AT)
                .from(results)
                .where(condition);
    }

    private static ResultView view(Record row) {
        return new ResultView(
                row.get(ENTITY),
                row.get(SCORECARD),
                row.get(SCORECARD_VERSION),
                row.get(VERSION),
                row.get(LEVEL),
                row.get(SCORE),
                row.get(COVERAGE),
                row.get(EVALUATED_AT),
                Documents.readList(row.get(RULES), RuleView.class),
                Documents.read(row.get(CAUSE), CauseView.class),
                row.get(NEXT_CHANGE_AT));
    }

    private static Summary summary(Record row) {
        return new Summary(
                row.get(SCORECARD),
                row.get(VERSION),
                row.get(LEVEL),
                row.get(SCORE),
                row.get(COVERAGE),
                row.get(FAILING_NAME, Integer.class));
    }

    /// A result in short.
    ///
    /// @param failing rules that fail or are broken
    public record Summary(
            String scorecard, long version, @Nullable String level, int score, int coverage, int failing) {}

    /// Where an entity stands.
    ///
    /// @param outcomes by rule
    public record Standing(@Nullable String level, Map<String, String> outcomes) {

        /// Of a row.
        ///
        /// @param outcomes in the order of `rules`
        public static Standing of(@Nullable String level, String[] rules, String[] outcomes) {
            var byRule = new HashMap<String, String>();
            for (var i = 0; i < rules.length; i++) {
                byRule.put(rules[i], outcomes[i]);
            }
            return new Standing(level, byRule);
        }
    }
}
