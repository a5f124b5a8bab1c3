package dev.muster.portal.rebuild;

import dev.muster.portal.audit.Trail;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.projection.CatchUp;
import dev.muster.service.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/status` and `/api/v1/rebuilds`: how far the read model is, and making it anew.
@RestController
@Tag(name = "Read model")
class RebuildApi {

    private final Rebuilds rebuilds;
    private final CatchUp catchUp;
    private final Trail trail;

    RebuildApi(Rebuilds rebuilds, CatchUp catchUp, Trail trail) {
        this.rebuilds = rebuilds;
        this.catchUp = catchUp;
        this.trail = trail;
    }

    @GetMapping("/api/v1/status")
    @Operation(summary = "How many records the read model of this instance is behind, and the last rebuild of it")
    Status status() {
        return new Status(
                catchUp.done(), catchUp.behindByPart(), rebuilds.last().orElse(null));
    }

    @PostMapping("/api/v1/rebuilds")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Makes the read model anew from the topics",
            description = "Beside the one in use, which is read until the new one has everything. For admins.")
    @ApiResponse(responseCode = "202", description = "It runs; ask for it by its id")
    @ApiResponse(responseCode = "409", description = "Another one runs", content = @Content)
    RebuildState begin(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        var begun = rebuilds.begin(caller.name());
        trail.tell(caller, "portal.rebuilt", begun.id(), request.getRemoteAddr());
        return begun;
    }

    @GetMapping("/api/v1/rebuilds/{id}")
    @Operation(summary = "How far a rebuild is; known to the instance where it runs")
    RebuildState find(@PathVariable String id) {
        return rebuilds.find(id).orElseThrow(() -> Unknown.exception("rebuild on this instance"));
    }

    /// How far the read model is.
    ///
    /// @param caughtUp whether everything is there that was written before the portal started
    /// @param behind records that are yet to be read: `readiness` is what people look at, `trail` what led to it
    record Status(
            boolean caughtUp,
            Map<String, Long> behind,
            @Nullable RebuildState rebuild) {}
}
