package dev.muster.portal.entity;

import static dev.muster.portal.readmodel.ReadModel.Entity.APPLIED_AT;
import static dev.muster.portal.readmodel.ReadModel.Entity.DETAILS;
import static dev.muster.portal.readmodel.ReadModel.Entity.ENTITY;
import static dev.muster.portal.readmodel.ReadModel.Entity.KIND;
import static dev.muster.portal.readmodel.ReadModel.Entity.LIFECYCLE;
import static dev.muster.portal.readmodel.ReadModel.Entity.NAME;
import static dev.muster.portal.readmodel.ReadModel.Entity.NAMESPACE;
import static dev.muster.portal.readmodel.ReadModel.Entity.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Entity.REF;
import static dev.muster.portal.readmodel.ReadModel.Entity.SYSTEM;
import static dev.muster.portal.readmodel.ReadModel.Entity.TAGS;
import static dev.muster.portal.readmodel.ReadModel.Entity.TIER;
import static dev.muster.portal.readmodel.ReadModel.Entity.TITLE;
import static dev.muster.portal.readmodel.ReadModel.Entity.TYPE;

import dev.muster.portal.entity.EntityView.Details;
import dev.muster.portal.entity.EntityView.LinkView;
import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.ReadModel.Claim;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Entity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;

/// The catalogue as it is now, with the claims of each entity.
@Component
class CatalogProjection implements Projection<Entity> {

    private static final List<Field<?>> COLUMNS =
            List.of(REF, KIND, NAMESPACE, NAME, TITLE, TYPE, LIFECYCLE, OWNER, SYSTEM, TIER, TAGS, DETAILS, APPLIED_AT);

    private final Topics topics;

    CatalogProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, Entity> topic() {
        return topics.catalog();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<Entity>> records, Changes changes) {
        var last = new LinkedHashMap<String, Recorded<Entity>>();
        records.forEach(record -> last.put(record.key(), record));
        sql.deleteFrom(Claim.CLAIM).where(Claim.ENTITY.in(last.keySet())).execute();
        var entities = new Upsert(ENTITY, 1, COLUMNS);
        var claims = new Upsert(Claim.CLAIM, 2, List.of(Claim.ENTITY, Claim.SUBJECT));
        for (var record : last.values()) {
            var entity = record.value();
            if (entity == null) {
                sql.deleteFrom(ENTITY).where(REF.eq(record.key())).execute();
            } else {
                add(entities, entity);
                entity.getClaims().forEach(subject -> claims.add(entity.getRef(), subject));
            }
            changes.say("entity", record.key(), Map.of("entity", record.key()));
        }
        entities.execute(sql);
        claims.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(Claim.CLAIM).execute();
        sql.deleteFrom(ENTITY).execute();
    }

    private static void add(Upsert upsert, Entity entity) {
        upsert.add(
                entity.getRef(),
                entity.getKind(),
                entity.getNamespace(),
                entity.getName(),
                entity.getTitle(),
                entity.getType(),
                entity.getLifecycle(),
                entity.getOwner(),
                entity.getSystem(),
                entity.getTier(),
                entity.getTags().toArray(String[]::new),
                Documents.write(details(entity)),
                entity.getAppliedAt());
    }

    private static Details details(Entity entity) {
        return new Details(
                entity.getDescription(),
                entity.getAnnotations(),
                entity.getLinks().stream()
                        .map(link -> new LinkView(link.getUrl(), link.getTitle(), link.getType()))
                        .toList(),
                entity.getDependsOn(),
                entity.getProvidesApis(),
                entity.getConsumesApis(),
                entity.getMembers(),
                entity.getParent(),
                entity.getDisplayName(),
                entity.getEmail(),
                entity.getAppliedBy(),
                entity.getDeliveryId());
    }
}
