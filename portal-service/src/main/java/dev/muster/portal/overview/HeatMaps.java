package dev.muster.portal.overview;

import dev.muster.portal.readmodel.ReadModel.Entity;
import dev.muster.portal.result.ResultsAt;
import dev.muster.portal.scorecard.ScorecardView;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads the outcomes that a [HeatMap] counts: a row for each entity, and which rules they are of only where that is
/// not as in the row before. To count half a million outcomes in the database takes several times as long.
@Repository
class HeatMaps {

    private static final String OUTCOMES = """
            select coalesce({0}, '') as grp,
                case when result.rule_ids = lag(result.rule_ids) over () then null else result.rule_ids end as rules,
                array_to_string(result.outcomes, ',') as outcomes
            from {2} join entity on entity.ref = result.entity
            where result.scorecard = {1}
            """;

    private static final Field<String> GROUP = DSL.field("grp", SQLDataType.CLOB);
    private static final Field<String[]> RULES = DSL.field("rules", SQLDataType.CLOB.array());
    private static final Field<String> OUTCOMES_OF = DSL.field("outcomes", SQLDataType.CLOB);

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
        var counting = new HeatCounting(scorecard.rules());
        var names = rows.field();
        try (var found = ResultsAt.reader(sql, at)
                .resultQuery(OUTCOMES, names, DSL.val(scorecard.name()), ResultsAt.table(at))
                .coerce(GROUP, RULES, OUTCOMES_OF)
                .fetchLazy()) {
            for (var row : found) {
                counting.add(row.value1(), row.value2(), row.value3());
            }
        }
        return HeatMap.of(counting.counts());
    }
}
