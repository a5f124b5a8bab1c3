package dev.muster.engine.fact;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.DurationText;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.Place;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlReader;
import dev.muster.engine.fact.FactType.CollectionOf;
import dev.muster.engine.fact.FactType.Field;
import dev.muster.engine.fact.FactType.Simple;
import dev.muster.engine.fact.FactType.Structure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads declarations of facts, the format of which [FactCatalogue#parse] tells, and collects all that is wrong with
/// them.
final class DeclarationReader {

    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");
    private static final int MAX_BOUND = 100_000;

    /// What rules read besides facts, and what CEL keeps for itself.
    private static final Set<String> RESERVED = Set.of(
            "entity",
            "facts",
            "params",
            "outcome",
            "within",
            "overdue",
            "has",
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while",
            "int",
            "uint",
            "double",
            "bool",
            "string",
            "bytes",
            "list",
            "map",
            "type",
            "dyn",
            "duration",
            "timestamp",
            "size",
            "matches",
            "optional");

    /// What cannot follow a dot in CEL.
    private static final Set<String> NO_FIELD = Set.of("true", "false", "null", "in");

    private static final List<String> KEYS =
            List.of("name", "kind", "doc", "unit", "maxAge", "merge", "bound", "sources", "fields");
    private static final List<String> FIELD_KEYS = List.of("type", "doc", "unit", "values", "path");
    private static final List<String> SIMPLE_WORDS =
            Arrays.stream(Simple.values()).map(Simple::word).toList();
    private static final List<String> KINDS = Stream.concat(SIMPLE_WORDS.stream(), Stream.of("object", "collection"))
            .toList();
    private static final List<String> MERGES = Arrays.stream(Merge.values())
            .map(merge -> merge.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Mistakes mistakes = new Mistakes();
    private final Map<String, Place> places = new HashMap<>();
    private final List<FactDeclaration> read = new ArrayList<>();

    void read(String file, String yaml) {
        try {
            for (var document : YamlReader.read(file, yaml)) {
                read(YamlFields.of(document, mistakes, KEYS));
            }
        } catch (DefinitionException unreadable) {
            mistakes.addAll(unreadable.mistakes());
        }
    }

    List<FactDeclaration> result() throws DefinitionException {
        mistakes.throwIfAny();
        return read;
    }

    private void read(YamlFields fields) {
        var name = name(fields);
        var type = type(fields);
        var merge = merge(fields, type);
        var bound = fields.integer("bound", FactDeclaration.DEFAULT_BOUND, 1, MAX_BOUND);
        if (fields.has("bound") && !(type instanceof CollectionOf)) {
            mistakes.add(fields.place("bound"), "only a collection has a bound");
        }
        read.add(new FactDeclaration(
                name,
                type,
                fields.requiredText("doc"),
                fields.text("unit").orElse(null),
                maxAge(fields),
                merge,
                bound,
                fields.texts("sources")));
    }

    private String name(YamlFields fields) {
        var name = fields.requiredText("name");
        var place = fields.place("name");
        if (name.isEmpty()) {
            return name;
        }
        if (!NAME.matcher(name).matches()) {
            mistakes.add(place, "'%s' is no name of a fact: %s".formatted(name, NAME.pattern()));
        } else if (RESERVED.contains(name)) {
            mistakes.add(place, "'%s' already means something else in a rule".formatted(name));
        }
        var first = places.putIfAbsent(name, place);
        if (first != null) {
            mistakes.add(place, "'%s' is already declared in %s, line %d".formatted(name, first.file(), first.line()));
        }
        return name;
    }

    private FactType type(YamlFields fields) {
        var kind = fields.requiredText("kind");
        if (kind.equals("object") || kind.equals("collection")) {
            var structure = structure(fields);
            refusePaths(fields, kind, structure);
            return kind.equals("object") ? structure : new CollectionOf(structure);
        }
        if (fields.has("fields")) {
            mistakes.add(fields.place("fields"), "only an object and a collection have fields");
        }
        return simple(kind, fields.place("kind"), KINDS);
    }

    private void refusePaths(YamlFields fields, String kind, Structure structure) {
        var paths = structure.fields().values().stream().filter(Field::path).count();
        if (paths > 0 && kind.equals("object")) {
            mistakes.add(fields.place("fields"), "only the items of a collection have a path");
        } else if (paths > 1) {
            mistakes.add(fields.place("fields"), "an item has one path, not " + paths);
        }
    }

    private Simple simple(String word, Place place, List<String> known) {
        var found = Arrays.stream(Simple.values())
                .filter(simple -> simple.word().equals(word))
                .findFirst();
        if (found.isEmpty() && !word.isEmpty()) {
            mistakes.add(
                    place,
                    "unknown type '%s'%s; known are %s"
                            .formatted(word, Nearest.hint(word, known), String.join(", ", known)));
        }
        return found.orElse(Simple.STRING);
    }

    private Structure structure(YamlFields fields) {
        var byName = new LinkedHashMap<String, Field>();
        switch (fields.required("fields")) {
            case YamlNode.Mapping mapping -> {
                if (fields.has("fields") && mapping.entries().isEmpty()) {
                    mistakes.add(mapping, "expected at least one field");
                }
                mapping.entries().forEach((name, entry) -> {
                    if (!NAME.matcher(name).matches() || NO_FIELD.contains(name)) {
                        mistakes.add(entry.key(), "'%s' is no name of a field: %s".formatted(name, NAME.pattern()));
                    }
                    byName.put(name, field(YamlFields.of(entry.value(), mistakes, FIELD_KEYS)));
                });
            }
            case YamlNode other -> mistakes.add(other, "expected a mapping of fields, found " + other.kind());
        }
        return new Structure(byName);
    }

    private Field field(YamlFields fields) {
        var type = simple(fields.requiredText("type"), fields.place("type"), SIMPLE_WORDS);
        if (fields.has("values") && type != Simple.STRING) {
            mistakes.add(fields.place("values"), "only a string has known values");
        }
        var path = fields.bool("path", false);
        if (path && type != Simple.STRING) {
            mistakes.add(fields.place("path"), "only a string is a path");
        }
        return new Field(
                type, fields.requiredText("doc"), fields.text("unit").orElse(null), fields.texts("values"), path);
    }

    private Merge merge(YamlFields fields, FactType type) {
        var usual = type instanceof CollectionOf ? Merge.UNION : Merge.LATEST;
        var word = fields.text("merge");
        if (word.isEmpty()) {
            return usual;
        }
        var merge = Arrays.stream(Merge.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word.get()))
                .findFirst();
        if (merge.isEmpty()) {
            mistakes.add(
                    fields.place("merge"),
                    "unknown merge '%s'%s; known are %s"
                            .formatted(word.get(), Nearest.hint(word.get(), MERGES), String.join(", ", MERGES)));
        } else if (!merge.get().fits(type)) {
            mistakes.add(fields.place("merge"), "%s values cannot be merged by %s".formatted(type.word(), word.get()));
        }
        return merge.orElse(usual);
    }

    private @Nullable Duration maxAge(YamlFields fields) {
        var text = fields.text("maxAge");
        var age = text.flatMap(DurationText::parse).filter(Duration::isPositive);
        if (text.isPresent() && age.isEmpty()) {
            mistakes.add(
                    fields.place("maxAge"),
                    "'%s' is no duration; expected one such as 30d or 12h".formatted(text.get()));
        }
        return age.orElse(null);
    }
}
