package dev.muster.portal.delivery;

import static dev.muster.portal.readmodel.ReadModel.Delivery.CONNECTION;
import static dev.muster.portal.readmodel.ReadModel.Delivery.CONTENT_TYPE;
import static dev.muster.portal.readmodel.ReadModel.Delivery.DELIVERY;
import static dev.muster.portal.readmodel.ReadModel.Delivery.EVENT;
import static dev.muster.portal.readmodel.ReadModel.Delivery.ID;
import static dev.muster.portal.readmodel.ReadModel.Delivery.RECEIVED_AT;
import static dev.muster.portal.readmodel.ReadModel.Delivery.SIZE;
import static dev.muster.portal.readmodel.ReadModel.Delivery.SOURCE;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.muster.portal.paging.Keyset;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.paging.Sort;
import dev.muster.portal.readmodel.ReadModel.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads which deliveries came in, the newest first when nothing else is said.
@Repository
public class Deliveries {

    private static final Field<Integer> TRANSITIONS = field(
                    select(count()).from(Transition.TRANSITION).where(Transition.DELIVERY_ID.eq(ID)))
            .as("transitions");

    private static final Map<String, List<Field<?>>> COLUMNS =
            Map.of("received", List.of(), "connection", List.of(CONNECTION), "size", List.of(SIZE));

    private final DSLContext sql;

    Deliveries(DSLContext sql) {
        this.sql = sql;
    }

    /// How the list is sorted.
    ///
    /// @param asked `-received` (the newest first, usual), `connection` or `size`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    public static Sort sort(@Nullable String asked) {
        return Sort.read(asked, "-received", List.of("received", "connection", "size"));
    }

    /// Those that fit.
    ///
    /// @param id only this one, when given
    /// @param sort as [#sort] read it
    public Slice<DeliveryView> list(
            @Nullable String connection,
            @Nullable String source,
            @Nullable String id,
            Sort sort,
            int limit,
            @Nullable String cursor) {
        var keys = new Keyset(sort, COLUMNS, RECEIVED_AT, ID, CONNECTION);
        var query = sql.select(keys.select())
                .select(CONNECTION, ID, SOURCE, EVENT, RECEIVED_AT, CONTENT_TYPE, SIZE, TRANSITIONS)
                .from(DELIVERY)
                .where(equal(CONNECTION, connection), equal(SOURCE, source), equal(ID, id));
        return keys.read(
                query,
                limit,
                cursor,
                found -> new DeliveryView(
                        found.get(ID),
                        found.get(CONNECTION),
                        found.get(SOURCE),
                        found.get(EVENT),
                        found.get(RECEIVED_AT),
                        found.get(CONTENT_TYPE),
                        found.get(SIZE),
                        found.get(TRANSITIONS)));
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
