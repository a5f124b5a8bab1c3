package dev.muster.notifier.api;

import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.notifier.pipeline.RoutesInUse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /v1/routes`: since when the routes hold, and what is wrong with a newer file that does not.
@RestController
class RoutesController {

    private final RoutesInUse routes;

    RoutesController(RoutesInUse routes, NotifierMetrics metrics) {
        this.routes = routes;
        metrics.refusedRoutes(() -> routes.mistakes().isPresent());
    }

    /// @param mistakes null when the file holds
    record InUse(Instant since, @Nullable String mistakes) {}

    @GetMapping("/v1/routes")
    InUse routes() {
        return new InUse(routes.since(), routes.mistakes().orElse(null));
    }
}
