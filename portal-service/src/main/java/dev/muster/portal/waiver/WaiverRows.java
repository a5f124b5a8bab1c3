package dev.muster.portal.waiver;

import static dev.muster.portal.readmodel.ReadModel.Waiver.BEGUN_AT;
import static dev.muster.portal.readmodel.ReadModel.Waiver.BEGUN_BY;
import static dev.muster.portal.readmodel.ReadModel.Waiver.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Waiver.EXPIRES_AT;
import static dev.muster.portal.readmodel.ReadModel.Waiver.FINDING;
import static dev.muster.portal.readmodel.ReadModel.Waiver.ID;
import static dev.muster.portal.readmodel.ReadModel.Waiver.KIND;
import static dev.muster.portal.readmodel.ReadModel.Waiver.REASON;
import static dev.muster.portal.readmodel.ReadModel.Waiver.RULE;
import static dev.muster.portal.readmodel.ReadModel.Waiver.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Waiver.STATE;
import static dev.muster.portal.readmodel.ReadModel.Waiver.STEPS;
import static dev.muster.portal.readmodel.ReadModel.Waiver.WAIVER;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.portal.waiver.WaiverView.StepView;
import dev.muster.schemas.v1.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The rows of one kind of waiver within a batch.
final class WaiverRows {

    private final String kind;
    private final Changes changes;
    private final Upsert upsert = new Upsert(
            WAIVER,
            2,
            List.of(KIND, ID, ENTITY, RULE, SCORECARD, FINDING, REASON, STATE, BEGUN_AT, BEGUN_BY, EXPIRES_AT, STEPS));

    WaiverRows(String kind, Changes changes) {
        this.kind = kind;
        this.changes = changes;
    }

    /// @param steps the oldest first, at least one
    void add(
            String id,
            String entity,
            String rule,
            @Nullable String scorecard,
            @Nullable String finding,
            String reason,
            Instant expiresAt,
            List<Step> steps) {
        var first = steps.getFirst();
        upsert.add(
                kind,
                id,
                entity,
                rule,
                scorecard,
                finding,
                reason,
                steps.getLast().getKind().name(),
                first.getAt(),
                first.getActor(),
                expiresAt,
                Documents.write(steps.stream().map(StepView::of).toList()));
        changes.say("entity", entity, Map.of("entity", entity));
    }

    void end(DSLContext sql, String id) {
        sql.deleteFrom(WAIVER).where(KIND.eq(kind), ID.eq(id)).execute();
    }

    void write(DSLContext sql) {
        upsert.execute(sql);
    }

    static void forget(DSLContext sql, String kind) {
        sql.deleteFrom(WAIVER).where(KIND.eq(kind)).execute();
    }
}
