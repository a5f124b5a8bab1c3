package dev.muster.portal.reference;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A description in OpenAPI 3.1, as far as a page shows it. Pure.
///
/// @param sections calls by their tag, by name
/// @param shapes what calls take and give, by name
record ApiReference(String title, String description, List<Section> sections, List<Shape> shapes) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String NULL = "null";

    static ApiReference of(JsonNode api) {
        var sections = new TreeMap<String, List<Call>>();
        api.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method)) {
                        sections.computeIfAbsent(
                                        operation.path("tags").path(0).asString("Other"), _ -> new ArrayList<>())
                                .add(Call.of(method, path, operation));
                    }
                }));
        var info = api.path("info");
        return new ApiReference(
                info.path("title").asString(""),
                info.path("description").asString(""),
                sections.entrySet().stream()
                        .map(it -> new Section(it.getKey(), it.getValue()))
                        .toList(),
                api.path("components")
                        .path("schemas")
                        .propertyStream()
                        .map(it -> Shape.of(it.getKey(), it.getValue()))
                        .sorted((a, b) -> a.name().compareTo(b.name()))
                        .toList());
    }

    /// Calls of one tag, in the order of the description.
    record Section(String name, List<Call> calls) {}

    /// One thing that can be asked for.
    record Call(
            String method,
            String path,
            String summary,
            @Nullable String description,
            List<Parameter> parameters,
            List<Body> bodies,
            List<Answer> answers) {

        private static Call of(String method, String path, JsonNode it) {
            return new Call(
                    method.toUpperCase(Locale.ROOT),
                    path,
                    it.path("summary").asString(""),
                    it.path("description").asString(null),
                    it.path("parameters").valueStream().map(Parameter::of).toList(),
                    Body.of(it.path("requestBody")),
                    it.path("responses")
                            .propertyStream()
                            .map(answer -> new Answer(
                                    answer.getKey(),
                                    answer.getValue().path("description").asString(""),
                                    Body.of(answer.getValue())))
                            .toList());
        }

        /// Where the page has it.
        public String id() {
            return (method.toLowerCase(Locale.ROOT) + path).replaceAll("[^a-zA-Z0-9]+", "-");
        }

        /// The states of its answers.
        public String states() {
            return answers.stream().map(Answer::state).collect(joining(", "));
        }
    }

    /// A part of an address.
    ///
    /// @param in `path` or `query`
    record Parameter(
            String name,
            String in,
            boolean required,
            Type type,
            @Nullable String description,
            @Nullable String example) {

        private static Parameter of(JsonNode it) {
            return new Parameter(
                    it.path("name").asString(),
                    it.path("in").asString(),
                    it.path("required").asBoolean(false),
                    Type.of(it.path("schema")),
                    it.path("description").asString(null),
                    it.path("example").asString(null));
        }
    }

    /// An answer by its state.
    record Answer(String state, String description, List<Body> bodies) {}

    /// What is sent, as one media type.
    record Body(String mediaType, Type type) {

        private static List<Body> of(JsonNode it) {
            return it.path("content")
                    .propertyStream()
                    .map(content -> new Body(
                            content.getKey(), Type.of(content.getValue().path("schema"))))
                    .toList();
        }
    }

    /// A record that is sent.
    record Shape(String name, List<Field> fields, @Nullable Type other) {

        private static Shape of(String name, JsonNode it) {
            var required = new HashSet<String>();
            it.path("required").forEach(each -> required.add(each.asString()));
            var fields = it.path("properties")
                    .propertyStream()
                    .map(field -> new Field(
                            field.getKey(),
                            required.contains(field.getKey()),
                            Type.of(field.getValue()),
                            field.getValue().path("description").asString(null)))
                    .toList();
            return new Shape(name, fields, fields.isEmpty() ? Type.of(it) : null);
        }
    }

    /// A field of a record.
    ///
    /// @param always whether it is always there
    record Field(
            String name,
            boolean always,
            Type type,
            @Nullable String description) {}

    /// What a value is, in words.
    ///
    /// @param shape that it leads to; null when it is none
    record Type(String text, @Nullable String shape) {

        private static Type of(JsonNode it) {
            if (it.has("$ref")) {
                var ref = it.path("$ref").asString();
                var name = ref.substring(ref.lastIndexOf('/') + 1);
                return new Type(name, name);
            }
            for (var choice : List.of("anyOf", "oneOf")) {
                if (it.has(choice)) {
                    return anyOf(it.path(choice).valueStream().map(Type::of).toList());
                }
            }
            if (it.has("enum")) {
                return new Type(
                        "one of "
                                + it.path("enum").valueStream().map(Type::value).collect(joining(", ")),
                        null);
            }
            if (it.path("type").isArray()) {
                return anyOf(it.path("type")
                        .valueStream()
                        .map(each -> simple(each.asString(), it))
                        .toList());
            }
            return simple(it.path("type").asString("anything"), it);
        }

        private static Type simple(String type, JsonNode it) {
            return switch (type) {
                case "array" -> of("list of ", it.path("items"));
                case "object" ->
                    it.has("additionalProperties")
                            ? of("map to ", it.path("additionalProperties"))
                            : new Type(type, null);
                default ->
                    new Type(
                            switch (it.path("format").asString("")) {
                                case "date-time" -> type.equals(NULL) ? NULL : "instant";
                                case "date" -> type.equals(NULL) ? NULL : "day";
                                default -> type;
                            },
                            null);
            };
        }

        private static Type of(String before, JsonNode each) {
            var type = of(each);
            return new Type(before + type.text(), type.shape());
        }

        private static Type anyOf(List<Type> types) {
            return new Type(
                    types.stream().map(Type::text).sorted(Type::nullLast).collect(joining(" or ")),
                    types.stream()
                            .map(Type::shape)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null));
        }

        private static int nullLast(String a, String b) {
            return Boolean.compare(a.equals(NULL), b.equals(NULL));
        }

        private static String value(JsonNode it) {
            return it.isString() ? it.asString() : it.toString();
        }
    }
}
