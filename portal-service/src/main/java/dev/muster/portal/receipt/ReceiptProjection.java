package dev.muster.portal.receipt;

import static dev.muster.portal.readmodel.ReadModel.Receipt.AT;
import static dev.muster.portal.readmodel.ReadModel.Receipt.ATTEMPTS;
import static dev.muster.portal.readmodel.ReadModel.Receipt.CHANNEL;
import static dev.muster.portal.readmodel.ReadModel.Receipt.DELIVERY_IDS;
import static dev.muster.portal.readmodel.ReadModel.Receipt.DESTINATION;
import static dev.muster.portal.readmodel.ReadModel.Receipt.ENTITIES;
import static dev.muster.portal.readmodel.ReadModel.Receipt.NOTIFICATION_ID;
import static dev.muster.portal.readmodel.ReadModel.Receipt.OWNER;
import static dev.muster.portal.readmodel.ReadModel.Receipt.REASON;
import static dev.muster.portal.readmodel.ReadModel.Receipt.RECEIPT;
import static dev.muster.portal.readmodel.ReadModel.Receipt.STATE;
import static dev.muster.portal.readmodel.ReadModel.Receipt.TRANSITION_IDS;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Receipt;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// What became of messages, one row for each notification at each destination.
@Component
class ReceiptProjection implements Projection<Receipt> {

    private final Topics topics;

    ReceiptProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, Receipt> topic() {
        return topics.receipts();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<Receipt>> records, Changes changes) {
        var upsert = Upsert.inMonths(
                RECEIPT,
                3,
                AT,
                List.of(
                        NOTIFICATION_ID,
                        CHANNEL,
                        DESTINATION,
                        STATE,
                        REASON,
                        ATTEMPTS,
                        AT,
                        OWNER,
                        ENTITIES,
                        TRANSITION_IDS,
                        DELIVERY_IDS));
        for (var record : records) {
            var receipt = record.value();
            if (receipt != null) {
                upsert.add(
                        receipt.getNotificationId(),
                        receipt.getChannel(),
                        receipt.getDestination(),
                        receipt.getState().name(),
                        receipt.getReason(),
                        receipt.getAttempts(),
                        receipt.getAt(),
                        receipt.getOwner(),
                        receipt.getEntities().toArray(String[]::new),
                        receipt.getTransitionIds().toArray(String[]::new),
                        receipt.getDeliveryIds().toArray(String[]::new));
                receipt.getEntities().forEach(entity -> changes.say("receipt", entity, Map.of("entity", entity)));
            }
        }
        upsert.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(RECEIPT).execute();
    }
}
