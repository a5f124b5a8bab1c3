package dev.muster.portal.waiver;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Attestation;
import java.util.LinkedHashMap;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// Attestations as they stand; the last record of each id says it.
@Component
class AttestationProjection implements Projection<Attestation> {

    static final String KIND = "ATTESTATION";

    private final Topics topics;

    AttestationProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, Attestation> topic() {
        return topics.attestations();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<Attestation>> records, Changes changes) {
        var last = new LinkedHashMap<String, Recorded<Attestation>>();
        records.forEach(record -> last.put(record.key(), record));
        var rows = new WaiverRows(KIND, changes);
        for (var record : last.values()) {
            var it = record.value();
            if (it == null || it.getSteps().isEmpty()) {
                rows.end(sql, record.key());
            } else {
                rows.add(
                        it.getId(),
                        it.getEntity(),
                        it.getRule(),
                        it.getScorecard(),
                        null,
                        it.getEvidence(),
                        it.getExpiresAt(),
                        it.getSteps());
            }
        }
        rows.write(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        WaiverRows.forget(sql, KIND);
    }
}
