package dev.muster.portal.transition;

import dev.muster.portal.paging.Slice;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/transitions`: what changed, the newest first.
@RestController
@Tag(name = "Transitions")
class TransitionApi {

    private final Transitions transitions;

    TransitionApi(Transitions transitions) {
        this.transitions = transitions;
    }

    @GetMapping("/api/v1/transitions")
    @Operation(summary = "Changes of results with their causes, the newest first")
    Slice<TransitionView> list(
            @ParameterObject TransitionFilter filter,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return transitions.list(filter, Transitions.sort(sort), Slice.limit(limit), cursor);
    }
}
