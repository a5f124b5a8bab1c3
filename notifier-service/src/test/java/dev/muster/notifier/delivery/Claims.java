package dev.muster.notifier.delivery;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Claims as an instance makes them that dies before it does anything with them.
public final class Claims {

    private Claims() {}

    /// How many deliveries were claimed.
    public static int take(JdbcClient db, DeliverySettings settings, Instant now) {
        return new DeliveryQueue(db)
                .claim(settings.parallel(), false, now, settings.lease())
                .size();
    }
}
