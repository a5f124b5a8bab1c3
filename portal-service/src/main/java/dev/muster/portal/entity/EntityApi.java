package dev.muster.portal.entity;

import dev.muster.portal.page.AsOf;
import dev.muster.portal.page.Ref;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.result.ResultView;
import dev.muster.portal.result.Results;
import dev.muster.portal.transition.TransitionFilter;
import dev.muster.portal.transition.TransitionView;
import dev.muster.portal.transition.Transitions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/entities`: what is scored, and how it stands.
@RestController
@RequestMapping("/api/v1/entities")
@Tag(name = "Entities")
class EntityApi {

    private final Entities entities;
    private final Results results;
    private final Transitions transitions;
    private final AsOf when;

    EntityApi(Entities entities, Results results, Transitions transitions, AsOf when) {
        this.entities = entities;
        this.results = results;
        this.transitions = transitions;
        this.when = when;
    }

    @GetMapping
    @Operation(summary = "Entities with their results in short")
    Slice<EntityItem> list(
            @ParameterObject EntityFilter filter,
            @Parameter(description = AsOf.MEANS, example = AsOf.DAY) @RequestParam(required = false) @Nullable
                    String asOf,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return entities.at(when.instant(asOf)).list(filter, Slice.limit(limit), cursor);
    }

    @GetMapping("/{scope}/{name}")
    @Operation(summary = "One entity with its claims and its results in short")
    EntityView entity(
            @PathVariable String scope,
            @PathVariable String name,
            @Parameter(description = AsOf.MEANS, example = AsOf.DAY) @RequestParam(required = false) @Nullable
                    String asOf) {
        var ref = Ref.of(scope, name);
        return entities.at(when.instant(asOf)).find(ref).orElseThrow(() -> Unknown.exception("entity"));
    }

    @GetMapping("/{scope}/{name}/scorecards/{scorecard}")
    @Operation(summary = "The scorecard of an entity: every rule with its evidence, and the cause of the last change")
    ResultView result(@PathVariable String scope, @PathVariable String name, @PathVariable String scorecard) {
        var ref = Ref.of(scope, name);
        return results.find(ref, scorecard).orElseThrow(() -> Unknown.exception("result"));
    }

    @GetMapping("/{scope}/{name}/history")
    @Operation(summary = "Transitions of an entity, the newest first")
    Slice<TransitionView> history(
            @PathVariable String scope,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String scorecard,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var filter = TransitionFilter.ofEntity(Ref.of(scope, name), scorecard);
        return transitions.list(filter, Slice.limit(limit), cursor);
    }
}
