package dev.muster.portal.audit;

import static dev.muster.portal.readmodel.ReadModel.Audit.ABOUT;
import static dev.muster.portal.readmodel.ReadModel.Audit.ACTION;
import static dev.muster.portal.readmodel.ReadModel.Audit.ACTOR;
import static dev.muster.portal.readmodel.ReadModel.Audit.AFTER;
import static dev.muster.portal.readmodel.ReadModel.Audit.AT;
import static dev.muster.portal.readmodel.ReadModel.Audit.AUDIT;
import static dev.muster.portal.readmodel.ReadModel.Audit.BEFORE;
import static dev.muster.portal.readmodel.ReadModel.Audit.COMMENT;
import static dev.muster.portal.readmodel.ReadModel.Audit.KIND;
import static dev.muster.portal.readmodel.ReadModel.Audit.OFFSET;
import static dev.muster.portal.readmodel.ReadModel.Audit.PARTITION;
import static dev.muster.portal.readmodel.ReadModel.Audit.REQUEST_ID;
import static dev.muster.portal.readmodel.ReadModel.Audit.RULE;
import static dev.muster.portal.readmodel.ReadModel.Audit.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Audit.SOURCE;
import static dev.muster.portal.readmodel.ReadModel.Audit.TOPIC;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.schemas.CloudEventHeaders;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Writes rows of the audit log, each named by the record that it comes from, so that it is there once.
final class AuditRows {

    private final Upsert upsert = new Upsert(
            AUDIT,
            4,
            List.of(
                    AT,
                    TOPIC,
                    PARTITION,
                    OFFSET,
                    ACTOR,
                    ACTION,
                    KIND,
                    ABOUT,
                    RULE,
                    SCORECARD,
                    BEFORE,
                    AFTER,
                    COMMENT,
                    SOURCE,
                    REQUEST_ID));

    /// What a record says was done.
    ///
    /// @param actor who did it; that of the header when null
    /// @param kind of what it is about, such as `exemption`
    /// @param about its name or reference
    /// @param before state or digest before; null when there was none
    /// @param after state or digest after; null when it is gone
    /// @param requestId of the request that did it; that of the header when null
    record Deed(
            Instant at,
            @Nullable String actor,
            String action,
            String kind,
            String about,
            @Nullable String rule,
            @Nullable String scorecard,
            @Nullable String before,
            @Nullable String after,
            @Nullable String comment,
            @Nullable String requestId) {}

    void add(Recorded<?> record, Deed deed) {
        upsert.add(
                deed.at(),
                record.topic(),
                record.partition(),
                record.offset(),
                deed.actor() == null ? header(record, CloudEventHeaders.ACTOR) : deed.actor(),
                deed.action(),
                deed.kind(),
                deed.about(),
                deed.rule(),
                deed.scorecard(),
                deed.before(),
                deed.after(),
                deed.comment(),
                header(record, CloudEventHeaders.SOURCE),
                deed.requestId() == null ? header(record, CloudEventHeaders.CORRELATION_ID) : deed.requestId());
    }

    void execute(DSLContext sql) {
        upsert.execute(sql);
    }

    static void forget(DSLContext sql, String topic) {
        sql.deleteFrom(AUDIT).where(TOPIC.eq(topic)).execute();
    }

    private static @Nullable String header(Recorded<?> record, String name) {
        var value = record.headers().get(name);
        return value == null ? null : new String(value, UTF_8);
    }
}
