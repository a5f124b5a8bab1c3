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

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.portal.scorecard.ScorecardView.RuleDefinitionView;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Scorecard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// Scorecards as they are published now.
@Component
class ScorecardProjection implements Projection<Scorecard> {

    private final Topics topics;

    ScorecardProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, Scorecard> topic() {
        return topics.scorecards();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<Scorecard>> records, Changes changes) {
        var last = new LinkedHashMap<String, Recorded<Scorecard>>();
        records.forEach(record -> last.put(record.key(), record));
        var upsert = new Upsert(
                SCORECARD,
                1,
                List.of(
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
                        PUBLISHED_BY));
        for (var record : last.values()) {
            var scorecard = record.value();
            if (scorecard == null) {
                sql.deleteFrom(SCORECARD).where(NAME.eq(record.key())).execute();
            } else {
                upsert.add(
                        scorecard.getName(),
                        scorecard.getTitle(),
                        scorecard.getDescription(),
                        scorecard.getOwner(),
                        scorecard.getVersion(),
                        scorecard.getAppliesTo(),
                        scorecard.getLevels().toArray(String[]::new),
                        scorecard.getDraft(),
                        Documents.write(scorecard.getRules().stream()
                                .map(RuleDefinitionView::of)
                                .toList()),
                        scorecard.getPublishedAt(),
                        scorecard.getPublishedBy());
            }
            changes.say("scorecard", record.key(), Map.of("scorecard", record.key()));
        }
        upsert.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(SCORECARD).execute();
    }
}
