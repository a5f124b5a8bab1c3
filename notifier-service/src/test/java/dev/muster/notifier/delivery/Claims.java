package dev.muster.notifier.delivery;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Claims as an instance makes them that dies before it does anything with them.
public final class Claims {

    private Claims() {}

    /// How many deliveries were claimed.
    public static int take(JdbcClient db, DeliverySettings settings, Instant now) {
        var queue = new DeliveryQueue(db);
        return queue.due(now).stream()
                .mapToInt(it -> queue.claim(it.channel(), settings.parallel(), false, now, settings.lease())
                        .size())
                .sum();
    }
}
