package dev.muster.portal.team;

import dev.muster.portal.entity.Entities;
import dev.muster.portal.entity.EntityFilter;
import dev.muster.portal.entity.EntityItem;
import dev.muster.portal.entity.EntityView;
import dev.muster.portal.page.AsOf;
import dev.muster.portal.page.Ref;
import dev.muster.portal.page.Unknown;
import dev.muster.portal.paging.Slice;
import dev.muster.portal.scorecard.Distribution;
import dev.muster.portal.scorecard.Reports;
import dev.muster.portal.scorecard.Scorecards;
import dev.muster.portal.team.Teams.ToFix;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/teams/{ref}`: what a group owns, and what it should do next.
@RestController
@Tag(name = "Teams")
class TeamApi {

    private static final int TO_FIX = 50;

    private final Entities entities;
    private final Teams teams;
    private final Scorecards scorecards;
    private final Reports reports;
    private final AsOf when;

    TeamApi(Entities entities, Teams teams, Scorecards scorecards, Reports reports, AsOf when) {
        this.entities = entities;
        this.teams = teams;
        this.scorecards = scorecards;
        this.reports = reports;
        this.when = when;
    }

    @GetMapping("/api/v1/teams/{scope}/{name}")
    @Operation(summary = "A group with what it owns and what fails there")
    Team team(
            @PathVariable String scope,
            @PathVariable String name,
            @Parameter(description = AsOf.MEANS, example = AsOf.DAY) @RequestParam(required = false) @Nullable
                    String asOf,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var ref = Ref.of(scope, name);
        return team(ref, EntityFilter.ownedBy(ref), when.instant(asOf), Slice.limit(limit), cursor);
    }

    /// A group counts when the catalogue has it, or when something names it as its owner.
    ///
    /// @param filter of what it owns
    /// @param at as of when; null for now
    Team team(String ref, EntityFilter filter, @Nullable Instant at, int limit, @Nullable String cursor) {
        var group = entities.find(ref).orElse(null);
        var owned = entities.at(at).list(filter, limit, cursor);
        var then = reports.at(at);
        if (group == null && owned.items().isEmpty()) {
            throw Unknown.exception("team");
        }
        return new Team(
                ref,
                group,
                entities.childrenOf(ref),
                owned,
                scorecards.all().stream()
                        .map(each ->
                                new Standing(each.name(), each.title(), each.levels(), then.distribution(each, ref)))
                        .filter(standing -> standing.standing().entities() > 0)
                        .toList(),
                teams.toFix(ref, TO_FIX, at));
    }

    /// A team.
    ///
    /// @param group its descriptor; null when only named as an owner
    /// @param children groups that have it as their parent
    /// @param standing by scorecard
    /// @param toFix rules that fail, what buys most first
    record Team(
            String ref,
            @Nullable EntityView group,
            List<String> children,
            Slice<EntityItem> entities,
            List<Standing> standing,
            List<ToFix> toFix) {}

    /// How what a team owns stands on one scorecard.
    record Standing(String scorecard, String title, List<String> levels, Distribution standing) {}
}
