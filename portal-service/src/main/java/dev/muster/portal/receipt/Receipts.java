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
import static org.jooq.impl.DSL.noCondition;

import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.paging.Sort;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads what became of messages, the newest first when nothing else is said.
@Repository
public class Receipts {

    /// What each order goes by. What is not there comes last.
    private static final Map<String, List<Field<?>>> COLUMNS = Map.of(
            "at", List.of(),
            "owner", List.of(Keyset.last(OWNER)),
            "destination", List.of(DESTINATION));

    private final DSLContext sql;

    Receipts(DSLContext sql) {
        this.sql = sql;
    }

    /// How the list is sorted.
    ///
    /// @param asked `-at` (the newest first, usual), `owner` or `destination`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    public static Sort sort(@Nullable String asked) {
        return Sort.read(asked, "-at", List.of("at", "owner", "destination"));
    }

    /// Those that fit.
    ///
    /// @param entity only messages about it, when given
    /// @param state only messages that ended so, in any case
    /// @param sort as [#sort] read it
    public Slice<ReceiptView> list(
            @Nullable String entity, @Nullable String state, Sort sort, int limit, @Nullable String cursor) {
        var about = entity == null || entity.isBlank()
                ? noCondition()
                : ENTITIES.contains(new String[] {entity.toLowerCase(Locale.ROOT)});
        var ended = state == null || state.isBlank() ? noCondition() : STATE.eq(state.toUpperCase(Locale.ROOT));
        return list(about.and(ended), sort, limit, cursor);
    }

    /// Messages about what a delivery caused.
    public List<ReceiptView> ofDelivery(String delivery, int limit) {
        return list(DELIVERY_IDS.contains(new String[] {delivery}), sort(null), limit, null)
                .items();
    }

    private Slice<ReceiptView> list(Condition wanted, Sort sort, int limit, @Nullable String cursor) {
        var keys = new Keyset(sort, COLUMNS, AT, NOTIFICATION_ID, CHANNEL, DESTINATION);
        var query = sql.select(keys.select())
                .select(
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
                .where(wanted);
        return keys.read(
                query,
                limit,
                cursor,
                found -> new ReceiptView(
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
