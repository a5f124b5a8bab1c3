package dev.muster.portal.audit;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.AuditEntry;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// Steps of attestations and exemptions, and what was done to the portal itself and to the notifier.
@Component
class EntryProjection implements Projection<AuditEntry> {

    private final Topics topics;

    EntryProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, AuditEntry> topic() {
        return topics.audit();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<AuditEntry>> records, Changes changes) {
        var rows = new AuditRows();
        for (var record : records) {
            var entry = record.value();
            if (entry != null) {
                rows.add(
                        record,
                        new AuditRows.Deed(
                                entry.getAt(),
                                entry.getActor(),
                                entry.getAction(),
                                entry.getAction().replaceFirst("\\..*", ""),
                                entry.getEntity(),
                                entry.getRule(),
                                entry.getScorecard(),
                                entry.getBefore(),
                                entry.getAfter(),
                                entry.getComment(),
                                entry.getRequestId()));
            }
        }
        rows.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        AuditRows.forget(sql, topics.audit().name());
    }
}
