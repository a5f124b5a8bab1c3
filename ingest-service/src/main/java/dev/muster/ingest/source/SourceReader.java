package dev.muster.ingest.source;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlReader;
import dev.muster.engine.fact.FactCatalogue;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a source definition, and finds every mistake in it with line and column before any delivery does.
public final class SourceReader {

    static final CelType LIST = ListType.create(SimpleType.DYN);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");
    private static final int ACCEPTED = 202;
    private static final Set<Integer> STATUS = new TreeSet<>(Set.of(200, 201, ACCEPTED, 204));
    private static final List<String> SPEC = List.of(
            "nature",
            "onError",
            "authentication",
            "handshake",
            "acceptedStatus",
            "body",
            "contentTypes",
            "formField",
            "keepHeaders",
            "deliveryId",
            "event",
            "defaults",
            "mappings",
            "setup",
            "examplesFrom");
    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

    private enum Shape {
        OBJECT,
        ANY
    }

    private final FactCatalogue facts;

    /// A reader that checks definitions against these facts.
    ///
    /// @param facts every fact that a definition may tell, with its type
    public SourceReader(FactCatalogue facts) {
        this.facts = facts;
    }

    /// Reads one definition.
    ///
    /// @param file name for mistakes
    /// @throws DefinitionException with all mistakes
    public SourceDefinition read(String file, String yaml) throws DefinitionException {
        var document = YamlReader.readOne(file, yaml);
        var mistakes = new Mistakes();
        var definition = definition(document, mistakes);
        mistakes.throwIfAny();
        if (definition == null) {
            throw new IllegalStateException("a definition without mistakes is complete");
        }
        return definition;
    }

    private @Nullable SourceDefinition definition(YamlNode document, Mistakes mistakes) {
        var root = YamlFields.of(document, mistakes, List.of("apiVersion", "kind", "metadata", "spec"));
        expect(root, "apiVersion", "muster.dev/v1", mistakes);
        expect(root, "kind", "Source", mistakes);
        var metadata = root.fields("metadata", List.of("name", "title", "docs"));
        var name = metadata.requiredText("name");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            mistakes.add(metadata.place("name"), "a name has lower-case letters, digits and hyphens, 41 at most");
        }
        root.required("spec");
        var spec = root.fields("spec", SPEC);
        var about = new SourceDefinition.About(
                metadata.text("title").orElse(name),
                metadata.text("docs").orElse(null),
                setup(spec, mistakes),
                optionalChoice(spec, "examplesFrom", ExamplesFrom.class, mistakes));
        var sender = sender(spec, mistakes);
        var content = content(spec, mistakes);
        var event = required(spec, "event", SimpleType.STRING, mistakes);
        var mappings = new MappingReader(facts, mistakes).mappings(spec);
        return event == null ? null : new SourceDefinition(name, about, sender, content, event, mappings);
    }

    private static void expect(YamlFields fields, String key, String expected, Mistakes mistakes) {
        var text = fields.requiredText(key);
        if (!text.isEmpty() && !text.equals(expected)) {
            mistakes.add(fields.place(key), "must be " + expected + ", is " + text);
        }
    }

    private static List<String> setup(YamlFields spec, Mistakes mistakes) {
        var steps = spec.texts("setup");
        if (steps.stream().anyMatch(step -> step.isBlank() || step.contains("\n"))) {
            mistakes.add(spec.place("setup"), "a step is one line of Markdown");
        }
        return steps;
    }

    private static SourceDefinition.Sender sender(YamlFields spec, Mistakes mistakes) {
        var authentication = new AuthenticationReader(mistakes).ways(spec);
        return new SourceDefinition.Sender(
                choice(spec, "nature", Nature.class, Nature.STATE, mistakes),
                choice(spec, "onError", OnError.class, OnError.GIVES_UP, mistakes),
                authentication,
                optionalChoice(spec, "handshake", Handshake.class, mistakes),
                acceptedStatus(spec, mistakes),
                keptHeaders(spec, authentication, mistakes),
                deliveryId(spec, mistakes));
    }

    private static int acceptedStatus(YamlFields spec, Mistakes mistakes) {
        var status = spec.integer("acceptedStatus", ACCEPTED, 200, 299);
        if (!STATUS.contains(status)) {
            mistakes.add(spec.place("acceptedStatus"), "must be one of " + STATUS + ", is " + status);
        }
        return status;
    }

    private static SourceDefinition.Content content(YamlFields spec, Mistakes mistakes) {
        return new SourceDefinition.Content(
                contentTypes(spec, mistakes),
                spec.text("formField").orElse(null),
                choice(spec, "body", Shape.class, Shape.OBJECT, mistakes) == Shape.ANY);
    }

    private static Set<String> keptHeaders(YamlFields spec, List<Authentication> ways, Mistakes mistakes) {
        var secret = ways.stream().flatMap(way -> way.proofHeader().stream()).collect(Collectors.toSet());
        var kept = new LinkedHashSet<String>();
        for (var header : spec.texts("keepHeaders")) {
            var name = header.toLowerCase(Locale.ROOT);
            if (secret.contains(name) || CREDENTIALS.contains(name)) {
                mistakes.add(
                        spec.place("keepHeaders"),
                        "'" + header + "' carries a credential or signature; it is never kept");
            }
            kept.add(name);
        }
        return Set.copyOf(kept);
    }

    private static Set<String> contentTypes(YamlFields spec, Mistakes mistakes) {
        var types = spec.texts("contentTypes").stream()
                .map(type -> type.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if (types.contains(SourceDefinition.FORM) && !spec.has("formField")) {
            mistakes.add(spec.place("contentTypes"), "a form needs 'formField', the field that holds the JSON");
        }
        return types.isEmpty() ? Set.of("application/json") : types;
    }

    private static DeliveryIdRule deliveryId(YamlFields spec, Mistakes mistakes) {
        if (!spec.has("deliveryId")) {
            return DeliveryIdRule.NONE;
        }
        var rule = spec.fields("deliveryId", List.of("header", "content"));
        if (!rule.has("header") && !rule.has("content")) {
            mistakes.add(rule.place(), "needs 'header', where the sender's id is, or 'content', what makes a key");
        }
        return new DeliveryIdRule(
                rule.has("header") ? AuthenticationReader.header(rule, "header", mistakes) : null,
                optional(rule, "content", SimpleType.STRING, mistakes));
    }

    private static <E extends Enum<E>> @Nullable E optionalChoice(
            YamlFields fields, String key, Class<E> type, Mistakes mistakes) {
        return fields.has(key) ? choice(fields, key, type, type.getEnumConstants()[0], mistakes) : null;
    }

    static <E extends Enum<E>> E choice(YamlFields fields, String key, Class<E> type, E otherwise, Mistakes mistakes) {
        var text = fields.text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        var known = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        var index = known.indexOf(text.get());
        if (index < 0) {
            mistakes.add(fields.place(key), "must be one of " + known + ", is '" + text.get() + "'");
            return otherwise;
        }
        return type.getEnumConstants()[index];
    }

    static @Nullable Expression required(YamlFields fields, String key, CelType type, Mistakes mistakes) {
        if (!fields.has(key)) {
            mistakes.add(fields.place(key), "'" + key + "' is missing");
            return null;
        }
        return optional(fields, key, type, mistakes);
    }

    static @Nullable Expression optional(YamlFields fields, String key, CelType type, Mistakes mistakes) {
        Optional<Scalar> scalar = fields.scalar(key);
        return scalar.isEmpty() ? null : Expressions.compile(scalar.get(), type, mistakes);
    }
}
