package dev.muster.engine.fact;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What values of a fact look like.
public sealed interface FactType {

    /// As it is written in a declaration, such as `list<string>`.
    String word();

    /// A value without parts.
    enum Simple implements FactType {
        /// `true` or `false`; read as [Boolean].
        BOOL("bool"),
        /// A whole number of 64 bits; read as [Long].
        INT("int"),
        /// A number; read as [Double].
        DOUBLE("double"),
        /// A text; read as [String].
        STRING("string"),
        /// An RFC 3339 text; read as [Instant].
        TIMESTAMP("timestamp"),
        /// A list of texts; read as [List] of [String].
        STRING_LIST("list<string>");

        private final String word;

        Simple(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }

        /// What a field of this type reads as when a value does not have it.
        public Object zero() {
            return switch (this) {
                case BOOL -> false;
                case INT -> 0L;
                case DOUBLE -> 0.0;
                case STRING -> "";
                case TIMESTAMP -> Instant.EPOCH;
                case STRING_LIST -> List.of();
            };
        }
    }

    /// A value with named fields; read as [Map] with only the fields that are there.
    ///
    /// @param fields by name, in the order of the declaration
    record Structure(Map<String, Field> fields) implements FactType {

        /// The field that says where in the subject an item is, if one does.
        Optional<String> path() {
            return fields.entrySet().stream()
                    .filter(it -> it.getValue().path())
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        public Structure {
            var interned = new LinkedHashMap<String, Field>();
            fields.forEach((name, field) -> interned.put(name.intern(), field));
            fields = Collections.unmodifiableMap(interned);
        }

        /// Names of all fields, interned, in the order of the declaration.
        String[] names() {
            return fields.keySet().toArray(String[]::new);
        }

        @Override
        public String word() {
            return "object";
        }
    }

    /// Items by id, each a structure; read as [List] of [Map].
    record CollectionOf(Structure item) implements FactType {

        @Override
        public String word() {
            return "collection";
        }
    }

    /// One field of a structure.
    ///
    /// @param doc what it means
    /// @param unit what a number counts
    /// @param values values that are known, for documentation; a source may send others
    /// @param path true when it says where in the subject an item is: a path from its top
    record Field(Simple type, String doc, @Nullable String unit, List<String> values, boolean path) {

        public Field {
            values = List.copyOf(values);
        }
    }
}
