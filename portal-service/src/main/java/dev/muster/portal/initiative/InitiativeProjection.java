package dev.muster.portal.initiative;

import static dev.muster.portal.readmodel.ReadModel.Initiative.APPLIED_AT;
import static dev.muster.portal.readmodel.ReadModel.Initiative.APPLIED_BY;
import static dev.muster.portal.readmodel.ReadModel.Initiative.APPLIES_TO;
import static dev.muster.portal.readmodel.ReadModel.Initiative.DESCRIPTION;
import static dev.muster.portal.readmodel.ReadModel.Initiative.DUE;
import static dev.muster.portal.readmodel.ReadModel.Initiative.INITIATIVE;
import static dev.muster.portal.readmodel.ReadModel.Initiative.LEVEL;
import static dev.muster.portal.readmodel.ReadModel.Initiative.NAME;
import static dev.muster.portal.readmodel.ReadModel.Initiative.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Initiative.RULES;
import static dev.muster.portal.readmodel.ReadModel.Initiative.SCORECARD;
import static dev.muster.portal.readmodel.ReadModel.Initiative.STARTS_AT;
import static dev.muster.portal.readmodel.ReadModel.Initiative.TITLE;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Initiative;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;

/// Initiatives as they are declared now.
@Component
class InitiativeProjection implements Projection<Initiative> {

    private static final List<Field<?>> COLUMNS = List.of(
            NAME,
            TITLE,
            DESCRIPTION,
            OWNER,
            SCORECARD,
            LEVEL,
            RULES,
            APPLIES_TO,
            STARTS_AT,
            DUE,
            APPLIED_AT,
            APPLIED_BY);

    private final Topics topics;

    InitiativeProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, Initiative> topic() {
        return topics.initiatives();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<Initiative>> records, Changes changes) {
        var last = new LinkedHashMap<String, Recorded<Initiative>>();
        records.forEach(record -> last.put(record.key(), record));
        var upsert = new Upsert(INITIATIVE, 1, COLUMNS);
        for (var record : last.values()) {
            var initiative = record.value();
            if (initiative == null) {
                sql.deleteFrom(INITIATIVE).where(NAME.eq(record.key())).execute();
            } else {
                add(upsert, initiative);
            }
            changes.say("initiative", record.key(), Map.of("initiative", record.key()));
        }
        upsert.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(INITIATIVE).execute();
    }

    private static void add(Upsert upsert, Initiative initiative) {
        upsert.add(
                initiative.getName(),
                initiative.getTitle(),
                initiative.getDescription(),
                initiative.getOwner(),
                initiative.getScorecard(),
                initiative.getLevel(),
                initiative.getRules().toArray(String[]::new),
                initiative.getAppliesTo(),
                initiative.getStartsAt(),
                initiative.getDue(),
                initiative.getAppliedAt(),
                initiative.getAppliedBy());
    }
}
