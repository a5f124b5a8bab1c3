package dev.muster.notifier.catalog;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the notifier needs to know of an entity or of a group that owns entities.
///
/// @param ref such as `component:default/payments`
/// @param title for people
/// @param email from the profile of a group or user
public record CatalogEntry(
        String ref,
        String title,
        @Nullable String owner,
        @Nullable String email,
        Map<String, String> annotations) {

    public CatalogEntry {
        annotations = Map.copyOf(annotations);
    }
}
