package dev.muster.portal.waiver;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Exemption;
import java.util.LinkedHashMap;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// Exemptions as they stand; the last record of each id says it.
@Component
class ExemptionProjection implements Projection<Exemption> {

    static final String KIND = "EXEMPTION";

    private final Topics topics;

    ExemptionProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, Exemption> topic() {
        return topics.exemptions();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<Exemption>> records, Changes changes) {
        var last = new LinkedHashMap<String, Recorded<Exemption>>();
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
                        it.getFinding(),
                        it.getReason(),
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
