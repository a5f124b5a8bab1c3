package dev.muster.portal.failing;

import dev.muster.portal.page.AsOf;
import dev.muster.portal.paging.Slice;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/failing`: rules that stand in the way.
@RestController
@Tag(name = "Failing rules")
class FailingApi {

    private final Failing failing;
    private final AsOf when;

    FailingApi(Failing failing, AsOf when) {
        this.failing = failing;
        this.when = when;
    }

    @GetMapping("/api/v1/failing")
    @Operation(summary = "Rules that fail, over all entities, with their evidence and their cause")
    Slice<FailingView> list(
            @ParameterObject FailingFilter filter,
            @Parameter(description = AsOf.MEANS, example = AsOf.DAY) @RequestParam(required = false) @Nullable
                    String asOf,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return failing.at(when.instant(asOf)).list(filter, Slice.limit(limit), cursor);
    }
}
