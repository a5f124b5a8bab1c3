package dev.muster.ingest.source;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlReader;
import dev.muster.engine.fact.FactCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a source definition, and finds every mistake in it with line and column before any delivery does.
public final class SourceReader {

    static final CelType LIST = ListType.create(SimpleType.DYN);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,60}");
    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

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
        var spec = root.fields(
                "spec",
                List.of(
                        "nature",
                        "onError",
                        "authentication",
                        "contentTypes",
                        "formField",
                        "keepHeaders",
                        "deliveryId",
                        "event",
                        "defaults",
                        "mappings"));
        var authentication = authentication(spec, mistakes);
        var kept = keptHeaders(spec, authentication, mistakes);
        var types = contentTypes(spec, mistakes);
        var event = required(spec, "event", SimpleType.STRING, mistakes);
        var mappings = new MappingReader(facts, mistakes).mappings(spec);
        if (event == null) {
            return null;
        }
        return new SourceDefinition(
                name,
                metadata.text("title").orElse(name),
                metadata.text("docs").orElse(null),
                choice(spec, "nature", Nature.class, Nature.STATE, mistakes),
                choice(spec, "onError", OnError.class, OnError.GIVES_UP, mistakes),
                authentication,
                types,
                spec.text("formField").orElse(null),
                kept,
                deliveryId(spec),
                event,
                mappings);
    }

    private static void expect(YamlFields fields, String key, String expected, Mistakes mistakes) {
        var text = fields.requiredText(key);
        if (!text.isEmpty() && !text.equals(expected)) {
            mistakes.add(fields.place(key), "must be " + expected + ", is " + text);
        }
    }

    private static List<Authentication> authentication(YamlFields spec, Mistakes mistakes) {
        var ways = new ArrayList<Authentication>();
        for (var node : spec.list("authentication")) {
            var fields = YamlFields.of(node, mistakes, List.of("scheme", "header", "prefix", "encoding"));
            var prefix = fields.scalar("prefix").map(Scalar::text).orElse("");
            switch (fields.requiredText("scheme")) {
                case "hmac-sha256" ->
                    ways.add(new Authentication.HmacSha256(
                            header(fields, mistakes),
                            prefix,
                            choice(
                                    fields,
                                    "encoding",
                                    Authentication.Encoding.class,
                                    Authentication.Encoding.HEX,
                                    mistakes)));
                case "header-token" -> ways.add(new Authentication.HeaderToken(header(fields, mistakes), prefix));
                case "bearer" -> ways.add(new Authentication.HeaderToken("authorization", "Bearer "));
                case "basic" -> ways.add(new Authentication.Basic());
                case String other -> {
                    var known = List.of("hmac-sha256", "header-token", "bearer", "basic");
                    mistakes.add(fields.place("scheme"), "unknown scheme '" + other + "'" + Nearest.hint(other, known));
                }
            }
        }
        if (ways.isEmpty()) {
            mistakes.add(spec.place("authentication"), "'authentication' is missing: nobody gets in without one");
        }
        return List.copyOf(ways);
    }

    private static String header(YamlFields fields, Mistakes mistakes) {
        var header = fields.requiredText("header");
        if (!header.isEmpty() && !HEADER.matcher(header).matches()) {
            mistakes.add(fields.place("header"), "is no header name");
        }
        return header.toLowerCase(Locale.ROOT);
    }

    private static Set<String> keptHeaders(YamlFields spec, List<Authentication> ways, Mistakes mistakes) {
        var secret = ways.stream().map(Authentication::proofHeader).collect(Collectors.toSet());
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

    private static @Nullable DeliveryIdRule deliveryId(YamlFields spec) {
        return spec.has("deliveryId")
                ? new DeliveryIdRule(spec.fields("deliveryId", List.of("header"))
                        .requiredText("header")
                        .toLowerCase(Locale.ROOT))
                : null;
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
