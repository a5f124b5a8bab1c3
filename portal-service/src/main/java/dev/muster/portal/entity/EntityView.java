package dev.muster.portal.entity;

import dev.muster.portal.result.Results.Summary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An entity with everything that its descriptor says.
///
/// @param claims subjects whose facts count for it, sorted
/// @param results its scorecards in short
/// @param circle the shortest circle of dependencies that it is in: it, what it depends on, and so on, the last
///     of which depends on it again; empty when it is in none. A change of a level goes round a circle eight
///     times at most for one delivery, then those that depend on it are not told of it
public record EntityView(
        String ref,
        String kind,
        String namespace,
        String name,
        @Nullable String title,
        @Nullable String type,
        @Nullable String lifecycle,
        @Nullable String owner,
        @Nullable String system,
        @Nullable Integer tier,
        List<String> tags,
        Details details,
        Instant appliedAt,
        List<String> claims,
        List<Summary> results,
        List<String> circle) {

    /// What is only shown, never searched.
    @Schema(name = "EntityDetails")
    public record Details(
            @Nullable String description,
            Map<String, String> annotations,
            List<LinkView> links,
            List<String> dependsOn,
            List<String> providesApis,
            List<String> consumesApis,
            List<String> members,
            @Nullable String parent,
            @Nullable String displayName,
            @Nullable String email,
            String appliedBy,
            String deliveryId) {}

    /// A link that the descriptor gives.
    public record LinkView(
            String url, @Nullable String title, @Nullable String type) {}

    /// What people call it.
    public String label() {
        if (details.displayName() != null) {
            return details.displayName();
        }
        return title == null ? name : title;
    }
}
