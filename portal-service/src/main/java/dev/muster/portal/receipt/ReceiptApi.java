package dev.muster.portal.receipt;

import dev.muster.portal.paging.Slice;
import dev.muster.portal.receipt.Receipts.ReceiptView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/receipts`: who was told, and who was not.
@RestController
@Tag(name = "Receipts")
class ReceiptApi {

    private final Receipts receipts;

    ReceiptApi(Receipts receipts) {
        this.receipts = receipts;
    }

    @GetMapping("/api/v1/receipts")
    @Operation(summary = "What became of messages to people, the newest first unless sort says otherwise")
    Slice<ReceiptView> list(
            @RequestParam(required = false) @Nullable String entity,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return receipts.list(entity, state, Receipts.sort(sort), Slice.limit(limit), cursor);
    }
}
