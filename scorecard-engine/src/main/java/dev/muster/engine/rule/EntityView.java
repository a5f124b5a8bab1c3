package dev.muster.engine.rule;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What rules see of an entity as `entity`. Fields that are null read as `""` and are absent to `has()`.
///
/// @param ref such as `component:default/payments`
/// @param kind as written, such as `Component`
/// @param dependsOn references of what it depends on, as it declares
/// @param tier 1 is the most critical; [#NO_TIER] when undeclared
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
        int tier,
        List<String> tags,
        Map<String, String> annotations,
        List<String> dependsOn) {

    /// The tier of those who do not say, so that `entity.tier <= 2` leaves them out.
    public static final int NO_TIER = 9;

    public EntityView {
        tags = List.copyOf(tags);
        annotations = Map.copyOf(annotations);
        dependsOn = List.copyOf(dependsOn);
    }
}
