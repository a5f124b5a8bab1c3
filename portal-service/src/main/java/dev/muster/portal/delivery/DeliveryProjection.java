package dev.muster.portal.delivery;

import static dev.muster.portal.readmodel.ReadModel.Delivery.CONNECTION;
import static dev.muster.portal.readmodel.ReadModel.Delivery.CONTENT_TYPE;
import static dev.muster.portal.readmodel.ReadModel.Delivery.DELIVERY;
import static dev.muster.portal.readmodel.ReadModel.Delivery.EVENT;
import static dev.muster.portal.readmodel.ReadModel.Delivery.ID;
import static dev.muster.portal.readmodel.ReadModel.Delivery.RECEIVED_AT;
import static dev.muster.portal.readmodel.ReadModel.Delivery.SIZE;
import static dev.muster.portal.readmodel.ReadModel.Delivery.SOURCE;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Delivery;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// That deliveries came in, when and how large; a body never gets here. Told once a batch for each
/// connection, since there may be more of them than is worth telling.
@Component
class DeliveryProjection implements Projection<Delivery> {

    private final Topics topics;

    DeliveryProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, Delivery> topic() {
        return topics.deliveries();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<Delivery>> records, Changes changes) {
        var upsert = new Upsert(DELIVERY, 3, List.of(RECEIVED_AT, ID, CONNECTION, SOURCE, EVENT, CONTENT_TYPE, SIZE));
        for (var record : records) {
            var delivery = record.value();
            if (delivery != null) {
                upsert.add(
                        delivery.getReceivedAt(),
                        delivery.getId(),
                        delivery.getConnection(),
                        delivery.getSource(),
                        event(delivery),
                        delivery.getContentType(),
                        delivery.getBody().remaining());
                changes.say("delivery", delivery.getConnection(), Map.of("connection", delivery.getConnection()));
            }
        }
        upsert.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(DELIVERY).execute();
    }

    /// The kind of event where the source names it in a header, as GitHub, GitLab and others do (`X-GitHub-Event`).
    private static @Nullable String event(Delivery delivery) {
        return delivery.getHeaders().entrySet().stream()
                .filter(header ->
                        header.getKey().endsWith("-event") || header.getKey().equals("ce-type"))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst()
                .orElse(null);
    }
}
