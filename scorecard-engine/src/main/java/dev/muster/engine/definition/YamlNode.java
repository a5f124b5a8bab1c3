package dev.muster.engine.definition;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A piece of a YAML document that knows where it stands. Made by [YamlReader], which bounds its size and
/// depth.
public sealed interface YamlNode {

    Place place();

    /// How to call it in a message for people.
    String kind();

    /// As plain Java: map, list, string, long, double, boolean or null.
    @Nullable
    Object plain();

    /// What a plain scalar is by YAML's core schema; a quoted one is always TEXT.
    enum ScalarKind {
        NULL,
        BOOL,
        INT,
        FLOAT,
        TEXT
    }

    /// A single value.
    ///
    /// @param text as the YAML says it, with quotes and folding undone
    record Scalar(Place place, String text, ScalarKind type, ScalarSource source) implements YamlNode {

        /// The place in the file of a place in [#text].
        ///
        /// @param line line in the text, from 1
        /// @param column column in that line in code points, from 0, as CEL counts
        public Place placeOf(int line, int column) {
            return source.placeOf(place, text, line, column);
        }

        @Override
        public String kind() {
            return switch (type) {
                case NULL -> "nothing";
                case BOOL -> "a bool";
                case INT -> "an int";
                case FLOAT -> "a double";
                case TEXT -> "text";
            };
        }

        @Override
        public @Nullable Object plain() {
            return switch (type) {
                case NULL -> null;
                case BOOL -> text.equalsIgnoreCase("true");
                case INT -> ScalarSource.integer(text);
                case FLOAT -> ScalarSource.decimal(text);
                case TEXT -> text;
            };
        }
    }

    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public Object plain() {
            return items.stream().map(YamlNode::plain).collect(Collectors.toList());
        }
    }

    record Mapping(Place place, SequencedMap<String, Entry> entries) implements YamlNode {

        /// A value under its key.
        ///
        /// @param key where the key stands
        public record Entry(Place key, YamlNode value) {}

        public @Nullable YamlNode get(String key) {
            var entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public Object plain() {
            var plain = new java.util.LinkedHashMap<String, @Nullable Object>();
            entries.forEach((key, entry) -> plain.put(key, entry.value().plain()));
            return plain;
        }
    }
}
