package dev.muster.engine.fact;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// All facts that exist, with their types. Immutable.
public final class FactCatalogue {

    private static final int MAX_ITEM_ID = 512;

    private final SortedMap<String, FactDeclaration> declarations;

    private FactCatalogue(SortedMap<String, FactDeclaration> declarations) {
        this.declarations = declarations;
    }

    /// Reads declarations, one or more documents a file:
    ///
    /// ```yaml
    /// name: vulnerabilities
    /// kind: collection             # or object, bool, int, double, string, timestamp, list<string>
    /// doc: Known vulnerabilities of dependencies that are open
    /// unit: percent                # optional
    /// maxAge: 30d                  # optional: how long a value is evidence
    /// merge: union                 # of several subjects: union (collections); latest, any, all, min, max, sum
    /// bound: 5000                  # collections only: items kept for one subject
    /// sources: [github]            # [muster] alone: nobody else may tell it
    /// fields:                      # of an object, or of each item of a collection
    ///   severity: { type: string, doc: How bad it is, values: [critical, high, medium, low] }
    ///   openedAt: { type: timestamp, doc: When it was found }
    ///   manifest: { type: string, path: true, doc: Where it is }   # where in the subject an item is, see Paths
    /// ```
    ///
    /// @param yamlFilesByName text of each file by the name that mistakes are to show
    /// @throws DefinitionException with every mistake in all files
    public static FactCatalogue parse(Map<String, String> yamlFilesByName) throws DefinitionException {
        var reader = new DeclarationReader();
        new TreeMap<>(yamlFilesByName).forEach(reader::read);
        return of(reader.result());
    }

    /// A catalogue of `declarations`; of two with one name the last counts.
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
    /// A field may be absent or null. A field that is not declared is a mistake.
    ///
    /// @param item id of the item of a collection, null for every other fact
    public Optional<String> mistakeIn(String fact, @Nullable String item, String json) {
        var declaration = declarations.get(fact);
        if (declaration == null) {
            return Optional.of("unknown fact '" + fact + "'" + Nearest.hint(fact, declarations.keySet()));
        }
        if (declaration.isCollection() && item == null) {
            return Optional.of("'" + fact + "' is a collection: it needs the id of an item");
        }
        if (!declaration.isCollection() && item != null) {
            return Optional.of("'" + fact + "' is not a collection: it has no item '" + item + "'");
        }
        if (item != null && (item.isBlank() || item.length() > MAX_ITEM_ID)) {
            return Optional.of("the id of an item must have 1 to %d characters".formatted(MAX_ITEM_ID));
        }
        return mistakesIn(declaration.type(), json).reduce((one, other) -> one + "; " + other);
    }

    private static Stream<String> mistakesIn(FactType type, String json) {
        try {
            return Typing.mistakes(type, FactJson.parse(json)).stream();
        } catch (IllegalArgumentException broken) {
            return Stream.of(String.valueOf(broken.getMessage()));
        }
    }

    /// The same value as JSON text with sorted keys, without white space, without fields that are null, and with `3`
    /// where `3.0` is written.
    ///
    /// @throws IllegalArgumentException when it is not JSON, or larger or deeper than a value may be
    public String canonical(String json) {
        return FactJson.canonical(json);
    }

    /// The value of `fact` as a rule reads it, see [FactReading#value]; for a collection, that of one item. Empty
    /// when nobody declares the fact, or the value does not fit.
    public Optional<Object> value(String fact, String json) {
        try {
            var node = FactJson.parse(json);
            return find(fact).flatMap(declaration -> Typing.value(declaration.type(), node));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The value of `fact` for an entity; empty when none of its subjects ever told it, or nobody declares it.
    ///
    /// Never throws: a value that does not fit its declaration, because that has changed since, is left out.
    public Optional<FactReading> read(String fact, List<SubjectFact> told) {
        return read(fact, told, null);
    }

    /// The same, in less time: items that are the very same as at the last reading are not read again.
    ///
    /// @param last an earlier reading of the same fact and entity by this catalogue, null when there is none
    public Optional<FactReading> read(String fact, List<SubjectFact> told, @Nullable FactReading last) {
        return find(fact).flatMap(declaration -> Merging.read(declaration, told, last));
    }
}
