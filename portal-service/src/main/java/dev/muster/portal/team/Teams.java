package dev.muster.portal.team;

import static dev.muster.portal.readmodel.ReadModel.Result.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Result.RESULT;
import static dev.muster.portal.readmodel.ReadModel.Result.RULES;
import static dev.muster.portal.readmodel.ReadModel.Result.SCORECARD;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.ReadModel.Entity;
import dev.muster.portal.readmodel.ReadModel.Scorecard;
import dev.muster.portal.result.RuleView;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads what a team has to do.
@Repository
class Teams {

    private final DSLContext sql;

    Teams(DSLContext sql) {
        this.sql = sql;
    }

    /// Rules that fail for what the team owns: what the lowest levels need comes first, then the most critical
    /// entities, then the
    /// greatest weight. Drafts are left out.
    List<ToFix> toFix(String team, int limit) {
        var rule = field(name("rule", "value"), SQLDataType.JSONB);
        var level = field("array_position({0}, {1} ->> 'level')", SQLDataType.INTEGER, Scorecard.LEVELS, rule);
        var weight = field("({0} ->> 'weight')::int", SQLDataType.INTEGER, rule);
        return sql.select(ENTITY, Entity.TIER, SCORECARD, Scorecard.TITLE, rule)
                .from(RESULT)
                .join(Entity.ENTITY)
                .on(Entity.REF.eq(ENTITY))
                .join(Scorecard.SCORECARD)
                .on(Scorecard.NAME.eq(SCORECARD))
                .crossJoin(table("jsonb_array_elements({0})", RULES).as("rule"))
                .where(Entity.OWNER.eq(team))
                .and(Scorecard.DRAFT.isFalse())
                .and(field("{0} ->> 'outcome'", SQLDataType.VARCHAR, rule).in("FAIL", "ERROR"))
                .orderBy(level, Entity.TIER.asc().nullsLast(), weight.desc(), ENTITY)
                .limit(limit)
                .fetch(row -> new ToFix(
                        row.get(ENTITY),
                        row.get(Entity.TIER),
                        row.get(SCORECARD),
                        row.get(Scorecard.TITLE),
                        Documents.read(row.get(rule), RuleView.class)));
    }

    /// A rule that fails for an entity.
    record ToFix(String entity, @Nullable Integer tier, String scorecard, String scorecardTitle, RuleView rule) {}
}
