package dev.muster.portal.deadletter;

import dev.muster.portal.deadletter.DeadLetterRows.DeadLetterView;
import dev.muster.portal.paging.Slice;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/dead-letters`: what could not be used, and why.
@RestController
@Tag(name = "Dead letters")
class DeadLetterApi {

    private final DeadLetterRows letters;

    DeadLetterApi(DeadLetterRows letters) {
        this.letters = letters;
    }

    @GetMapping("/api/v1/dead-letters")
    @Operation(
            summary =
                    "Records that could not be used, without their bytes, the newest first unless sort says otherwise")
    Slice<DeadLetterView> list(
            @RequestParam(required = false) @Nullable String topic,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return letters.list(topic, reason, DeadLetterRows.sort(sort), Slice.limit(limit), cursor);
    }
}
