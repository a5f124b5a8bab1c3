package dev.muster.ingest.journal;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/// Whether deliveries can be kept. Part of readiness: degraded, and still ready, while only the spool can keep them.
final class JournalHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED", "Deliveries wait in the spool");

    private final HealthIndicator kafka;
    private final HealthIndicator registry;
    private final @Nullable Spool spool;

    /// @param spool null where there is none
    JournalHealth(HealthIndicator kafka, HealthIndicator registry, @Nullable Spool spool) {
        this.kafka = kafka;
        this.registry = registry;
        this.spool = spool;
    }

    @Override
    public Health health() {
        var away =
                !isUp(kafka) ? "Kafka does not answer" : !isUp(registry) ? "The schema registry does not answer" : "";
        var health = away.isEmpty()
                ? Health.up()
                : spool != null && spool.isUsable() ? Health.status(DEGRADED) : Health.down();
        if (!away.isEmpty()) {
            health.withDetail("reason", away);
        }
        if (spool != null) {
            health.withDetail("spooled", spool.records()).withDetail("usable", spool.isUsable());
        }
        return health.build();
    }

    private static boolean isUp(HealthIndicator indicator) {
        var health = indicator.health();
        return health != null && health.getStatus().equals(Status.UP);
    }
}
