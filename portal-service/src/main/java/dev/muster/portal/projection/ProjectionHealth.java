package dev.muster.portal.projection;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Part of readiness: pages would show the past before the first catch-up is done.
@Component("projection")
class ProjectionHealth implements HealthIndicator {

    private final CatchUp catchUp;

    ProjectionHealth(CatchUp catchUp) {
        this.catchUp = catchUp;
    }

    @Override
    public Health health() {
        var health = catchUp.done() ? Health.up() : Health.outOfService().withDetail("reason", "catching up");
        return health.withDetail("recordsBehind", catchUp.behind()).build();
    }
}
