package dev.muster.engine.definition;

import dev.muster.engine.definition.YamlNode.Mapping;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlNode.ScalarKind;
import dev.muster.engine.definition.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a mapping and notes what is wrong with them: unknown keys at once, the rest as it is
/// asked for.
///
/// A reader that gets a wrong value goes on with a harmless one, because the mistake already refuses the
/// document.
public final class YamlFields {

    private final Mapping mapping;
    private final Mistakes mistakes;

    private YamlFields(Mapping mapping, Mistakes mistakes) {
        this.mapping = mapping;
        this.mistakes = mistakes;
    }

    /// The fields of a node that should be a mapping.
    ///
    /// @param known all keys that may be there; others are mistakes with the nearest known one
    public static YamlFields of(YamlNode node, Mistakes mistakes, Collection<String> known) {
        if (!(node instanceof Mapping mapping)) {
            mistakes.add(node, "expected a mapping, found " + node.kind());
            return new YamlFields(new Mapping(node.place(), new LinkedHashMap<>()), mistakes);
        }
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                mistakes.add(entry.key().key(key), "unknown key '" + key + "'" + Nearest.hint(key, known));
            }
        });
        return new YamlFields(mapping, mistakes);
    }

    public Place place() {
        return mapping.place();
    }

    /// Where the key stands, else where the mapping does.
    public Place place(String key) {
        var entry = mapping.entries().get(key);
        return entry == null ? mapping.place().key(key) : entry.value().place();
    }

    public boolean has(String key) {
        return node(key) != null;
    }

    /// The node, or null when the key is absent or has no value.
    public @Nullable YamlNode node(String key) {
        var node = mapping.get(key);
        return node instanceof Scalar scalar && scalar.type() == ScalarKind.NULL ? null : node;
    }

    public YamlNode required(String key) {
        var node = node(key);
        if (node != null) {
            return node;
        }
        mistakes.add(mapping.place().key(key), "'" + key + "' is missing");
        return new Mapping(mapping.place().key(key), new LinkedHashMap<>());
    }

    /// Fields of a mapping below; without any when the key is absent.
    public YamlFields fields(String key, Collection<String> known) {
        var node = node(key);
        return node == null
                ? new YamlFields(new Mapping(mapping.place().key(key), new LinkedHashMap<>()), mistakes)
                : of(node, mistakes, known);
    }

    public Optional<String> text(String key) {
        return scalar(key).map(scalar -> scalar.text().strip());
    }

    /// The text, or a mistake and `""`.
    public String requiredText(String key) {
        if (node(key) == null) {
            mistakes.add(mapping.place().key(key), "'" + key + "' is missing");
            return "";
        }
        var text = text(key).orElse("");
        if (text.isEmpty() && node(key) instanceof Scalar scalar) {
            mistakes.add(scalar, "'" + key + "' is empty");
        }
        return text;
    }

    /// The scalar with its places, for expressions.
    public Optional<Scalar> scalar(String key) {
        return switch (node(key)) {
            case null -> Optional.empty();
            case Scalar scalar -> Optional.of(scalar);
            case Mapping other -> wrong(other, "text");
            case Sequence other -> wrong(other, "text");
        };
    }

    public boolean bool(String key, boolean otherwise) {
        return (node(key) instanceof Scalar scalar && scalar.type() == ScalarKind.BOOL)
                ? Boolean.parseBoolean(scalar.text().toLowerCase(java.util.Locale.ROOT))
                : this.<Boolean>wrongIfThere(key, "true or false").orElse(otherwise);
    }

    public int integer(String key, int otherwise, int min, int max) {
        if (!(node(key) instanceof Scalar scalar && scalar.plain() instanceof Long number)) {
            return this.<Integer>wrongIfThere(key, "a whole number").orElse(otherwise);
        }
        if (number < min || number > max) {
            mistakes.add(scalar, "must be from " + min + " to " + max + ", is " + number);
            return otherwise;
        }
        return Math.toIntExact(number);
    }

    /// The items of a list; empty when the key is absent.
    public List<YamlNode> list(String key) {
        return switch (node(key)) {
            case null -> List.of();
            case Sequence sequence -> sequence.items();
            case Mapping other -> this.<List<YamlNode>>wrong(other, "a list").orElse(List.of());
            case Scalar other -> this.<List<YamlNode>>wrong(other, "a list").orElse(List.of());
        };
    }

    /// The items of a list of scalars.
    public List<String> texts(String key) {
        var texts = new ArrayList<String>();
        for (var item : list(key)) {
            if (item instanceof Scalar scalar && scalar.type() != ScalarKind.NULL) {
                texts.add(scalar.text());
            } else {
                wrong(item, "text");
            }
        }
        return List.copyOf(texts);
    }

    private <T> Optional<T> wrongIfThere(String key, String expected) {
        var node = node(key);
        return node == null ? Optional.empty() : wrong(node, expected);
    }

    private <T> Optional<T> wrong(YamlNode node, String expected) {
        mistakes.add(node, "expected " + expected + ", found " + node.kind());
        return Optional.empty();
    }
}
