package dev.muster.portal.badge;

import dev.muster.portal.PortalSettings;
import dev.muster.portal.page.Ref;
import dev.muster.portal.result.Results;
import dev.muster.portal.scorecard.Scorecards;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `/badges/{ref}/{scorecard}.svg`: the level as a picture. What is not known gets a grey one, because a
/// broken image in a README says less.
@RestController
@Tag(name = "Badges")
class BadgeApi {

    private static final MediaType SVG = MediaType.valueOf("image/svg+xml");

    private final Results results;
    private final Scorecards scorecards;
    private final CacheControl cached;

    BadgeApi(Results results, Scorecards scorecards, PortalSettings settings) {
        this.results = results;
        this.scorecards = scorecards;
        var age = CacheControl.maxAge(Duration.ofMinutes(1));
        // What not everybody may read is for no cache that several share.
        this.cached = settings.anonymousRead() ? age.cachePublic() : age.cachePrivate();
    }

    @GetMapping(path = "/badges/{scope}/{name}/{scorecard}.svg", produces = "image/svg+xml")
    @Operation(summary = "The level of an entity as an SVG badge")
    ResponseEntity<String> badge(
            @PathVariable String scope, @PathVariable String name, @PathVariable String scorecard) {
        var title = scorecards.find(scorecard).map(found -> found.title()).orElse(scorecard);
        var badge = results.find(Ref.of(scope, name), scorecard)
                .map(result -> Badge.of(title, result.level(), result.score()))
                .orElseGet(() -> Badge.unknown(title));
        return ResponseEntity.ok().contentType(SVG).cacheControl(cached).body(badge.svg());
    }
}
