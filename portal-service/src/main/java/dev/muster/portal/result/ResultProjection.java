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

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Result;
import java.util.LinkedHashMap;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Results as they stand now. The order of the partition decides which one that is, so a result that ended
/// and began anew with version 1 is shown.
@Component
class ResultProjection implements Projection<Result> {

    private final Topics topics;

    ResultProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, Result> topic() {
        return topics.results();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<Result>> records, Changes changes) {
        var last = new LinkedHashMap<String, Recorded<Result>>();
        records.forEach(record -> last.put(record.key(), record));
        var upsert = new Upsert(
                RESULT,
                2,
                List.of(
                        ENTITY,
                        SCORECARD,
                        SCORECARD_VERSION,
                        VERSION,
                        LEVEL,
                        SCORE,
                        COVERAGE,
                        EVALUATED_AT,
                        NEXT_CHANGE_AT,
                        RULE_IDS,
                        OUTCOMES,
                        RULES,
                        CAUSE));
        for (var record : last.values()) {
            var result = record.value();
            if (result == null) {
                end(sql, record.key(), changes);
            } else {
                add(upsert, result);
                changes.say("result", record.key(), Told.of(result));
            }
        }
        upsert.execute(sql);
    }

    @Override
    public boolean lastCounts() {
        return true;
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(RESULT).execute();
    }

    private static void add(Upsert upsert, Result result) {
        var rules = result.getRules();
        upsert.add(
                result.getEntity(),
                result.getScorecard(),
                result.getScorecardVersion(),
                result.getVersion(),
                result.getLevel(),
                result.getScore(),
                result.getCoverage(),
                result.getEvaluatedAt(),
                result.getNextChangeAt(),
                rules.stream().map(rule -> rule.getRule()).toArray(String[]::new),
                rules.stream().map(rule -> rule.getOutcome().name()).toArray(String[]::new),
                Documents.write(rules.stream().map(RuleView::of).toList()),
                Documents.write(CauseView.of(result.getCause())));
    }

    private static void end(DSLContext sql, String key, Changes changes) {
        int bar = key.lastIndexOf('|');
        if (bar < 0) {
            return;
        }
        var entity = key.substring(0, bar);
        var scorecard = key.substring(bar + 1);
        sql.deleteFrom(RESULT).where(ENTITY.eq(entity), SCORECARD.eq(scorecard)).execute();
        changes.say("result", key, new Told(entity, scorecard, null, null, null, null));
    }

    /// What clients of the stream hear; only the names when the result ended.
    record Told(
            String entity,
            String scorecard,
            @Nullable Long version,
            @Nullable String level,
            @Nullable Integer score,
            @Nullable Integer coverage) {

        static Told of(Result result) {
            return new Told(
                    result.getEntity(),
                    result.getScorecard(),
                    result.getVersion(),
                    result.getLevel(),
                    result.getScore(),
                    result.getCoverage());
        }
    }
}
