package dev.muster.ingest.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A reference to an entity, `[kind:][namespace/]name` as Backstage writes it, completed and in lower case.
public record EntityRef(String kind, String namespace, String name) {

    private static final Pattern FORM = Pattern.compile(
            "(?:(?<kind>[A-Za-z][A-Za-z0-9]{0,62}):)?(?:(?<namespace>[A-Za-z0-9][-A-Za-z0-9_.]{0,62})/)?(?<name>[A-Za-z0-9][-A-Za-z0-9_.]{0,62})");

    /// Completes a reference by its defaults.
    ///
    /// @return empty when the text is no reference
    public static Optional<EntityRef> parse(String text, String defaultKind, String defaultNamespace) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        var kind = match.group("kind");
        var namespace = match.group("namespace");
        return Optional.of(new EntityRef(
                lower(kind == null ? defaultKind : kind),
                lower(namespace == null ? defaultNamespace : namespace),
                lower(match.group("name"))));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return kind + ":" + namespace + "/" + name;
    }
}
