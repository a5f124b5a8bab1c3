package dev.muster.portal.delivery;

import static dev.muster.portal.readmodel.ReadModel.Delivery.CONNECTION;
import static dev.muster.portal.readmodel.ReadModel.Delivery.CONTENT_TYPE;
import static dev.muster.portal.readmodel.ReadModel.Delivery.DELIVERY;
import static dev.muster.portal.readmodel.ReadModel.Delivery.EVENT;
import static dev.muster.portal.readmodel.ReadModel.Delivery.ID;
import static dev.muster.portal.readmodel.ReadModel.Delivery.RECEIVED_AT;
import static dev.muster.portal.readmodel.ReadModel.Delivery.SIZE;
import static dev.muster.portal.readmodel.ReadModel.Delivery.SOURCE;
import static java.time.temporal.ChronoUnit.MICROS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.muster.portal.paging.Cursor;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.readmodel.ReadModel.Transition;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads which deliveries came in, the newest first.
@Repository
public class Deliveries {

    private static final Field<Integer> TRANSITIONS = field(
                    select(count()).from(Transition.TRANSITION).where(Transition.DELIVERY_ID.eq(ID)))
            .as("transitions");

    private final DSLContext sql;

    Deliveries(DSLContext sql) {
        this.sql = sql;
    }

    /// Those that fit.
    ///
    /// @param id only this one, when given
    public Slice<DeliveryView> list(
            @Nullable String connection,
            @Nullable String source,
            @Nullable String id,
            int limit,
            @Nullable String cursor) {
        var items = sql.select(CONNECTION, ID, SOURCE, EVENT, RECEIVED_AT, CONTENT_TYPE, SIZE, TRANSITIONS)
                .from(DELIVERY)
                .where(equal(CONNECTION, connection), equal(SOURCE, source), equal(ID, id), behind(cursor))
                .orderBy(RECEIVED_AT.desc(), ID.desc())
                .limit(limit + 1)
                .fetch(found -> new DeliveryView(
                        found.get(ID),
                        found.get(CONNECTION),
                        found.get(SOURCE),
                        found.get(EVENT),
                        found.get(RECEIVED_AT),
                        found.get(CONTENT_TYPE),
                        found.get(SIZE),
                        found.get(TRANSITIONS)));
        return Slice.cut(items, limit, last -> Cursor.of(MICROS.between(Instant.EPOCH, last.receivedAt()), last.id()));
    }

    private static Condition behind(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return noCondition();
        }
        var position = Cursor.parse(cursor, 2);
        return row(RECEIVED_AT, ID).lessThan(Instant.EPOCH.plus(position.number(0), MICROS), position.text(1));
    }

    private static Condition equal(Field<String> field, @Nullable String value) {
        return value == null || value.isBlank() ? noCondition() : field.eq(value);
    }

    /// A delivery without its body.
    ///
    /// @param event kind of event where the source names it in a header
    /// @param size of the body in bytes
    /// @param transitions how many changes of results it caused
    public record DeliveryView(
            String id,
            String connection,
            String source,
            @Nullable String event,
            Instant receivedAt,
            String contentType,
            int size,
            int transitions) {}
}
