package dev.muster.engine.fact;

import dev.muster.engine.definition.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// All facts that exist, with their types.
public final class FactCatalogue {

    private final SortedMap<String, FactDeclaration> declarations;

    private FactCatalogue(SortedMap<String, FactDeclaration> declarations) {
        this.declarations = declarations;
    }

    /// A catalogue of `declarations`, for tests and for those who read them elsewhere; of two with one name the last
    /// counts.
    public static FactCatalogue of(Collection<FactDeclaration> declarations) {
        var byName = TreePMap.<String, FactDeclaration>empty();
        for (var declaration : declarations) {
            byName = byName.plus(declaration.name(), declaration);
        }
        return new FactCatalogue(byName);
    }

    /// The declaration of `fact`.
    public Optional<FactDeclaration> find(String fact) {
        return Optional.ofNullable(declarations.get(fact));
    }

    /// All declarations, by name.
    public Collection<FactDeclaration> declarations() {
        return declarations.values();
    }

    /// The declared name most like `fact`, when one is like enough to be a slip.
    public Optional<String> nearest(String fact) {
        return Nearest.to(fact, declarations.keySet());
    }

    /// What is wrong with a value of `fact`, in words; empty when it fits its declaration.
    ///
    /// @param item id of the item for an upsert or a snapshot, null for a scalar
    public Optional<String> mistakeIn(String fact, @Nullable String item, String json) {
        return Optional.empty();
    }

    /// The same value as JSON text with sorted keys, without white space, and without fields that are null.
    ///
    /// @throws IllegalArgumentException when `json` is not a JSON text within the limits of a value
    public String canonical(String json) {
        return json;
    }

    /// The value of `fact` for an entity; empty when none of its subjects ever told it, or nobody declares it.
    ///
    /// Never throws: a value that does not fit its declaration, because that has changed since, is left out.
    public Optional<FactReading> read(String fact, List<SubjectFact> told) {
        return Optional.empty();
    }
}
