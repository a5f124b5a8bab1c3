package dev.muster.portal.entity;

import dev.muster.portal.result.Results.Summary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entity in a list.
///
/// @param results its scorecards in short, by name
public record EntityItem(
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
        List<Summary> results) {

    /// What people call it.
    public String label() {
        return title == null ? name : title;
    }

    /// Its result on one scorecard, or null.
    public @Nullable Summary on(String scorecard) {
        return results.stream()
                .filter(result -> result.scorecard().equals(scorecard))
                .findFirst()
                .orElse(null);
    }
}
