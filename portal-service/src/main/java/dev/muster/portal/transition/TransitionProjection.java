package dev.muster.portal.transition;

import static dev.muster.portal.readmodel.ReadModel.Transition.AT;
import static dev.muster.portal.readmodel.ReadModel.Transition.CAUSE;
import static dev.muster.portal.readmodel.ReadModel.Transition.CHANGES;
import static dev.muster.portal.readmodel.ReadModel.Transition.COVERAGE_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.COVERAGE_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.DELIVERY_ID;
import static dev.muster.portal.readmodel.ReadModel.Transition.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Transition.ID;
import static dev.muster.portal.readmodel.ReadModel.Transition.KIND;
import static dev.muster.portal.readmodel.ReadModel.Transition.LEVEL_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.LEVEL_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.NOTIFY;
import static dev.muster.portal.readmodel.ReadModel.Transition.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORECARD_TITLE;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORECARD_VERSION;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORE_AFTER;
import static dev.muster.portal.readmodel.ReadModel.Transition.SCORE_BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Transition.SOURCE;
import static dev.muster.portal.readmodel.ReadModel.Transition.TIER;
import static dev.muster.portal.readmodel.ReadModel.Transition.TRANSITION;
import static dev.muster.portal.readmodel.ReadModel.Transition.VERSION;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.portal.result.CauseView;
import dev.muster.portal.transition.TransitionView.RuleChangeView;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Transition;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The history of results.
@Component
class TransitionProjection implements Projection<Transition> {

    private static final List<Field<?>> COLUMNS = List.of(
            AT,
            ID,
            ENTITY,
            SCORECARD,
            SCORECARD_TITLE,
            SCORECARD_VERSION,
            VERSION,
            KIND,
            LEVEL_BEFORE,
            LEVEL_AFTER,
            SCORE_BEFORE,
            SCORE_AFTER,
            COVERAGE_BEFORE,
            COVERAGE_AFTER,
            CHANGES,
            CAUSE,
            SOURCE,
            DELIVERY_ID,
            OWNER,
            TIER,
            NOTIFY);

    private final Topics topics;

    TransitionProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, Transition> topic() {
        return topics.transitions();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<Transition>> records, Changes changes) {
        var upsert = new Upsert(TRANSITION, 2, COLUMNS);
        for (var record : records) {
            var transition = record.value();
            if (transition != null) {
                add(upsert, transition);
                changes.say("transition", transition.getId(), Told.of(transition));
            }
        }
        upsert.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(TRANSITION).execute();
    }

    private static void add(Upsert upsert, Transition transition) {
        var before = transition.getBefore();
        var after = transition.getAfter();
        upsert.add(
                transition.getAt(),
                transition.getId(),
                transition.getEntity(),
                transition.getScorecard(),
                transition.getScorecardTitle(),
                transition.getScorecardVersion(),
                transition.getVersion(),
                transition.getKind().name(),
                before == null ? null : before.getLevel(),
                after == null ? null : after.getLevel(),
                before == null ? null : before.getScore(),
                after == null ? null : after.getScore(),
                before == null ? null : before.getCoverage(),
                after == null ? null : after.getCoverage(),
                Documents.write(
                        transition.getChanges().stream().map(RuleChangeView::of).toList()),
                Documents.write(CauseView.of(transition.getCause())),
                transition.getCause().getSource(),
                transition.getCause().getDeliveryId(),
                transition.getOwner(),
                transition.getTier(),
                transition.getNotify());
    }

    /// What clients of the stream hear.
    record Told(
            String id,
            String entity,
            String scorecard,
            String kind,
            Instant at,
            @Nullable String level,
            @Nullable Integer score) {

        static Told of(Transition transition) {
            var after = transition.getAfter();
            return new Told(
                    transition.getId(),
                    transition.getEntity(),
                    transition.getScorecard(),
                    transition.getKind().name(),
                    transition.getAt(),
                    after == null ? null : after.getLevel(),
                    after == null ? null : after.getScore());
        }
    }
}
