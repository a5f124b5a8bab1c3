package dev.muster.portal.deadletter;

import static dev.muster.portal.readmodel.ReadModel.Delivery.CONNECTION;
import static dev.muster.portal.readmodel.ReadModel.Delivery.DELIVERY;
import static dev.muster.portal.readmodel.ReadModel.Delivery.ID;
import static dev.muster.portal.readmodel.ReadModel.Delivery.RECEIVED_AT;

import dev.muster.portal.deadletter.DeadLetterRows.DeadLetterView;
import dev.muster.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/// Which dead letters can be mapped again: deliveries that the journal has and that can be read.
@Repository
class Replayable {

    /// A replay means deliveries that were received from a time on and before another, in whole milliseconds.
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final DSLContext sql;
    private final Topics topics;

    Replayable(DSLContext sql, Topics topics) {
        this.sql = sql;
        this.topics = topics;
    }

    /// What a replay of one delivery asks for.
    record Order(String connection, Instant since, Instant until) {}

    /// The orders by the key of the letter; those that cannot be replayed are left out.
    Map<String, Order> of(List<DeadLetterView> letters) {
        var keys = letters.stream()
                .filter(it -> it.topic().equals(topics.deliveries().name()))
                .map(DeadLetterView::key)
                .filter(Objects::nonNull)
                .filter(it -> it.contains("/"))
                .distinct()
                .toList();
        var orders = new HashMap<String, Order>();
        if (!keys.isEmpty()) {
            sql.select(CONNECTION, ID, RECEIVED_AT)
                    .from(DELIVERY)
                    .where(ID.in(keys.stream()
                            .map(it -> it.substring(it.indexOf('/') + 1))
                            .toList()))
                    .forEach(row -> {
                        var received = row.get(RECEIVED_AT);
                        orders.put(
                                row.get(CONNECTION) + "/" + row.get(ID),
                                new Order(row.get(CONNECTION), received, received.plus(SHORTEST)));
                    });
        }
        return orders;
    }
}
