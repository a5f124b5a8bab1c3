package dev.muster.portal.scorecard;

import static dev.muster.portal.readmodel.ReadModel.Scorecard.APPLIES_TO;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.DESCRIPTION;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.DRAFT;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.LEVELS;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.NAME;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.PUBLISHED_AT;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.PUBLISHED_BY;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.RULES;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.TITLE;
import static dev.muster.portal.readmodel.ReadModel.Scorecard.VERSION;
import static org.jooq.impl.DSL.noCondition;

import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.scorecard.ScorecardView.RuleDefinitionView;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/// Reads published scorecards.
@Repository
public class Scorecards {

    private final DSLContext sql;

    Scorecards(DSLContext sql) {
        this.sql = sql;
    }

    /// All of them: what counts before drafts, then by title.
    public List<ScorecardView> all() {
        return views(noCondition());
    }

    public Optional<ScorecardView> find(String name) {
        return views(NAME.eq(name)).stream().findFirst();
    }

    /// Levels of a scorecard from the lowest; empty when the scorecard is not known.
    public List<String> levels(String name) {
        var levels = sql.select(LEVELS).from(SCORECARD).where(NAME.eq(name)).fetchOne(LEVELS);
        return levels == null ? List.of() : List.of(levels);
    }

    private List<ScorecardView> views(Condition condition) {
        return sql.select(
                        NAME,
                        TITLE,
                        DESCRIPTION,
                        OWNER,
                        VERSION,
                        APPLIES_TO,
                        LEVELS,
                        DRAFT,
                        RULES,
                        PUBLISHED_AT,
                        PUBLISHED_BY)
                .from(SCORECARD)
                .where(condition)
                .orderBy(DRAFT, TITLE, NAME)
                .fetch(row -> new ScorecardView(
                        row.get(NAME),
                        row.get(TITLE),
                        row.get(DESCRIPTION),
                        row.get(OWNER),
                        row.get(VERSION),
                        row.get(APPLIES_TO),
                        List.of(row.get(LEVELS)),
                        row.get(DRAFT),
                        Documents.readList(row.get(RULES), RuleDefinitionView.class),
                        row.get(PUBLISHED_AT),
                        row.get(PUBLISHED_BY)));
    }
}
