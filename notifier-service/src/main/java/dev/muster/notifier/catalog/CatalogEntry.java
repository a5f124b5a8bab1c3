package dev.muster.notifier.catalog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the notifier needs to know of an entity or of a group that owns entities.
///
/// @param ref such as `component:default/payments`
/// @param title for people
/// @param email from the profile of a group or user
/// @param tags of an entity
/// @param parent of a group
public record CatalogEntry(
        String ref,
        String title,
        @Nullable String owner,
        @Nullable String email,
        Map<String, String> annotations,
        List<String> tags,
        @Nullable String parent) {

    public CatalogEntry {
        annotations = Map.copyOf(annotations);
        tags = List.copyOf(tags);
    }

    /// One without tags and parent.
    public CatalogEntry(
            String ref, String title, @Nullable String owner, @Nullable String email, Map<String, String> annotations) {
        this(ref, title, owner, email, annotations, List.of(), null);
    }
}
