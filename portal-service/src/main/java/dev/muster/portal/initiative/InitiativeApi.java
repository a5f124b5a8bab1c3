package dev.muster.portal.initiative;

import dev.muster.portal.initiative.BurnUp.Point;
import dev.muster.portal.initiative.Members.Member;
import dev.muster.portal.initiative.Target.Remaining;
import dev.muster.portal.page.AsOf;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.result.ResultView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/initiatives`: how far entities are with what they are to reach, or were as of an instant.
@RestController
@RequestMapping("/api/v1/initiatives")
@Tag(name = "Initiatives")
class InitiativeApi {

    private static final String WRONG = AsOf.WRONG + "; or sort or cursor is none of this list";

    private final InitiativeReports reports;
    private final AsOf when;

    InitiativeApi(InitiativeReports reports, AsOf when) {
        this.reports = reports;
        this.when = when;
    }

    @GetMapping
    @Operation(
            summary = "Initiatives with their progress, what is due first before the others unless sort says otherwise")
    @ApiResponse(responseCode = "200", description = "Initiatives")
    @ApiResponse(responseCode = "400", description = WRONG, content = @Content)
    @ApiResponse(responseCode = "503", description = AsOf.LATE, content = @Content)
    Slice<InitiativeItem> list(
            @Parameter(description = AsOf.MEANS, example = AsOf.DAY) @RequestParam(required = false) @Nullable
                    String asOf,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return at(asOf).list(InitiativeReports.sort(sort), Slice.limit(limit), cursor);
    }

    @GetMapping("/{name}")
    @Operation(
            summary = "An initiative: how far each owner is, and the entities with what is to be done yet",
            description =
                    "done and owner choose among the entities, by reference; progress and owners count all of them.")
    @ApiResponse(responseCode = "200", description = "The initiative")
    @ApiResponse(responseCode = "400", description = WRONG, content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such initiative", content = @Content)
    @ApiResponse(responseCode = "503", description = AsOf.LATE, content = @Content)
    Whole initiative(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Boolean done,
            @RequestParam(required = false) @Nullable String owner,
            @Parameter(description = AsOf.MEANS, example = AsOf.DAY) @RequestParam(required = false) @Nullable
                    String asOf,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return at(asOf).whole(name, done, owner, Slice.limit(limit), cursor);
    }

    @GetMapping("/{name}/burn-up")
    @Operation(
            summary = "How many entities were done at the end of each day since the initiative began",
            description =
                    "Of the entities that it means now, as recorded transitions tell, in days of UTC until today or asOf, also"
                            + " when it is overdue. The 366 newest days at most, and none before it begins.")
    @ApiResponse(responseCode = "200", description = "The days")
    @ApiResponse(responseCode = "400", description = WRONG, content = @Content)
    @ApiResponse(responseCode = "404", description = "There is no such initiative", content = @Content)
    @ApiResponse(responseCode = "503", description = AsOf.LATE, content = @Content)
    BurnUpView burnUp(
            @PathVariable String name,
            @Parameter(description = AsOf.MEANS, example = AsOf.DAY) @RequestParam(required = false) @Nullable
                    String asOf) {
        return at(asOf).burnUp(name);
    }

    private InitiativeReports at(@Nullable String asOf) {
        return reports.at(when.instant(asOf));
    }

    /// An initiative with those that it means.
    ///
    /// @param owners by reference; those without one come first
    @Schema(name = "InitiativeWhole")
    record Whole(InitiativeItem initiative, List<OwnerProgress> owners, Slice<MemberView> entities) {}

    /// How far an owner is.
    ///
    /// @param owner null for entities without one
    record OwnerProgress(@Nullable String owner, Progress entities) {}

    /// An entity that an initiative means.
    ///
    /// @param doneSince null when it is not done, or was before history goes back
    /// @param overdue whether the time is up and it is not done
    /// @param level highest level that it reached
    /// @param remaining rules that stand in the way; empty when it is done
    record MemberView(
            String ref,
            String label,
            @Nullable String owner,
            boolean done,
            @Nullable Instant doneSince,
            boolean overdue,
            @Nullable String level,
            List<Remaining> remaining) {

        static MemberView of(
                Member it, @Nullable Instant since, boolean isOver, @Nullable ResultView result, Target target) {
            return new MemberView(
                    it.ref(),
                    it.label(),
                    it.owner(),
                    it.done(),
                    since,
                    isOver && !it.done(),
                    it.standing().level(),
                    it.done() || result == null ? List.of() : target.remaining(result));
        }
    }

    /// What became of an initiative day by day.
    record BurnUpView(String initiative, Instant startsAt, Instant due, List<Point> points) {}
}
