package dev.muster.portal.delivery;

import dev.muster.portal.delivery.Deliveries.DeliveryView;
import dev.muster.portal.paging.Slice;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/deliveries`: what came in.
@RestController
@Tag(name = "Deliveries")
class DeliveryApi {

    private final Deliveries deliveries;

    DeliveryApi(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @GetMapping("/api/v1/deliveries")
    @Operation(summary = "Journalled deliveries without their bodies, the newest first unless sort says otherwise")
    Slice<DeliveryView> list(
            @RequestParam(required = false) @Nullable String connection,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String id,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return deliveries.list(connection, source, id, Deliveries.sort(sort), Slice.limit(limit), cursor);
    }
}
