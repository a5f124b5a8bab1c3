package dev.muster.engine.fact;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fact as the catalogue declares it.
///
/// @param name such as `vulnerabilities`
/// @param type what its values look like
/// @param doc what it means, for people
/// @param unit what a number counts, such as `percent`
/// @param maxAge how long a value is evidence when a rule does not say; null for ever
/// @param merge how the values of several subjects become one
/// @param bound items that a collection keeps at most for one subject
/// @param sources names of the sources that tell it; [#MUSTER] alone for what nobody else may tell
public record FactDeclaration(
        String name,
        FactType type,
        String doc,
        @Nullable String unit,
        @Nullable Duration maxAge,
        Merge merge,
        int bound,
        List<String> sources) {

    /// Items that a collection keeps when its declaration does not say.
    public static final int DEFAULT_BOUND = 5000;

    /// The source of what Muster tells by itself.
    public static final String MUSTER = "muster";

    public FactDeclaration {
        sources = List.copyOf(sources);
    }

    /// True when the fact is a collection of items.
    public boolean isCollection() {
        return type instanceof FactType.CollectionOf;
    }

    /// True when it is Muster's own: what people decide through it, or what it computes.
    public boolean isOwn() {
        return sources.equals(List.of(MUSTER));
    }
}
