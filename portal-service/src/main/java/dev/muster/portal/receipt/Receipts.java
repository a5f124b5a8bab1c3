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
import static java.time.temporal.ChronoUnit.MICROS;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.muster.portal.paging.Cursor;
import dev.muster.portal.paging.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads what became of messages, the newest first.
@Repository
public class Receipts {

    private final DSLContext sql;

    Receipts(DSLContext sql) {
        this.sql = sql;
    }

    /// Those that fit.
    ///
    /// @param entity only messages about it, when given
    /// @param state only messages that ended so, in any case
    public Slice<ReceiptView> list(
            @Nullable String entity, @Nullable String state, int limit, @Nullable String cursor) {
        var about = entity == null || entity.isBlank()
                ? noCondition()
                : ENTITIES.contains(new String[] {entity.toLowerCase(Locale.ROOT)});
        var ended = state == null || state.isBlank() ? noCondition() : STATE.eq(state.toUpperCase(Locale.ROOT));
        return list(about.and(ended), limit, cursor);
    }

    /// Messages about what a delivery caused.
    public List<ReceiptView> ofDelivery(String delivery, int limit) {
        return list(DELIVERY_IDS.contains(new String[] {delivery}), limit, null).items();
    }

    private Slice<ReceiptView> list(Condition wanted, int limit, @Nullable String cursor) {
        var items = sql.select(
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
                        DELIVERY_IDS)
                .from(RECEIPT)
                .where(wanted, behind(cursor))
                .orderBy(AT.desc(), NOTIFICATION_ID.desc(), CHANNEL.desc(), DESTINATION.desc())
                .limit(limit + 1)
                .fetch(found -> new ReceiptView(
                        found.get(NOTIFICATION_ID),
                        found.get(CHANNEL),
                        found.get(DESTINATION),
                        found.get(STATE),
                        found.get(REASON),
                        found.get(ATTEMPTS),
                        found.get(AT),
                        found.get(OWNER),
                        List.of(found.get(ENTITIES)),
                        List.of(found.get(TRANSITION_IDS)),
                        List.of(found.get(DELIVERY_IDS))));
        return Slice.cut(
                items,
                limit,
                last -> Cursor.of(
                        MICROS.between(Instant.EPOCH, last.at()),
                        last.notificationId(),
                        last.channel(),
                        last.destination()));
    }

    private static Condition behind(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return noCondition();
        }
        var position = Cursor.parse(cursor, 4);
        return row(AT, NOTIFICATION_ID, CHANNEL, DESTINATION)
                .lessThan(
                        Instant.EPOCH.plus(position.number(0), MICROS),
                        position.text(1),
                        position.text(2),
                        position.text(3));
    }

    /// The end of one notification at one destination.
    public record ReceiptView(
            String notificationId,
            String channel,
            String destination,
            String state,
            @Nullable String reason,
            int attempts,
            Instant at,
            @Nullable String owner,
            List<String> entities,
            List<String> transitionIds,
            List<String> deliveryIds) {}
}
