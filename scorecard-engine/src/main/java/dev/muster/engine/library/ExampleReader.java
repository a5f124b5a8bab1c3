package dev.muster.engine.library;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.DurationText;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Place;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlNode.Mapping;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.definition.YamlNode.Sequence;
import dev.muster.engine.definition.YamlReader;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactType;
import dev.muster.engine.library.RuleExample.Told;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.rule.EntityView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Reads `examples.yaml`: a list of examples, in which times are `now`, `200d ago`, `in 5d` or written out.
///
/// ```yaml
/// - name: an old runbook is not trusted
///   entity: { tier: 1 }                    # fields that differ from a usual service
///   with: { maxAge: 90d }                  # params that differ from the rule's
///   facts: { runbook: { exists: true, confirmedAt: 200d ago } }
///   observed: { runbook: 1h ago }          # when not now
///   expect: FAIL
///   message: the runbook is too old        # optional
///   changesIn: 30d                         # optional: time until the outcome can change by itself
/// ```
public final class ExampleReader {

    /// The instant at which examples are evaluated.
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final Set<String> KEYS =
            Set.of("name", "entity", "with", "facts", "observed", "expect", "message", "changesIn");
    private static final Set<String> ENTITY_KEYS = Set.of(
            "kind",
            "namespace",
            "name",
            "title",
            "type",
            "lifecycle",
            "owner",
            "system",
            "tier",
            "tags",
            "annotations",
            "dependsOn");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final FactCatalogue catalogue;
    private final Mistakes mistakes = new Mistakes();

    private ExampleReader(FactCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// The examples of a file.
    ///
    /// @throws DefinitionException with every mistake
    public static List<RuleExample> read(String file, String yaml, FactCatalogue catalogue) throws DefinitionException {
        var reader = new ExampleReader(catalogue);
        var document = YamlReader.readOne(file, yaml);
        var examples = new ArrayList<RuleExample>();
        if (document instanceof Sequence sequence) {
            sequence.items().forEach(item -> examples.add(reader.example(item)));
        } else {
            reader.mistakes.add(document, "expected a list of examples, found " + document.kind());
        }
        reader.mistakes.throwIfAny();
        return examples;
    }

    private RuleExample example(YamlNode node) {
        var fields = YamlFields.of(node, mistakes, KEYS);
        return new RuleExample(
                node.place(),
                fields.requiredText("name"),
                entity(fields.fields("entity", ENTITY_KEYS), fields),
                with(fields),
                facts(fields),
                outcome(fields),
                fields.text("message").orElse(null),
                fields.text("changesIn")
                        .flatMap(text -> duration(text, fields.place("changesIn")))
                        .orElse(null));
    }

    private Outcome outcome(YamlFields fields) {
        var text = fields.requiredText("expect");
        for (var outcome : Outcome.values()) {
            if (outcome.name().equals(text)) {
                return outcome;
            }
        }
        mistakes.add(fields.place("expect"), "'" + text + "' is not an outcome");
        return Outcome.ERROR;
    }

    private EntityView entity(YamlFields entity, YamlFields example) {
        var name = entity.text("name").orElse("payments");
        var kind = entity.text("kind").orElse("Component");
        var namespace = entity.text("namespace").orElse("default");
        var annotations = new LinkedHashMap<String, String>();
        if (entity.node("annotations") instanceof Mapping mapping) {
            mapping.entries()
                    .forEach((key, entry) ->
                            annotations.put(key, String.valueOf(entry.value().plain())));
        }
        var isNull = example.node("entity") instanceof Mapping mapping
                && mapping.entries().containsKey("owner");
        return new EntityView(
                kind.toLowerCase(java.util.Locale.ROOT) + ":" + namespace + "/" + name,
                kind,
                namespace,
                name,
                entity.text("title").orElse(null),
                entity.text("type").orElse("service"),
                entity.text("lifecycle").orElse("production"),
                entity.text("owner").orElse(isNull ? null : "group:default/payments"),
                entity.text("system").orElse(null),
                entity.integer("tier", EntityView.NO_TIER, 0, 9),
                entity.texts("tags"),
                annotations,
                entity.texts("dependsOn"));
    }

    private Map<String, Object> with(YamlFields fields) {
        var with = new LinkedHashMap<String, Object>();
        if (fields.node("with") instanceof Mapping mapping) {
            mapping.entries().forEach((name, entry) -> {
                var value = entry.value().plain();
                if (value != null) {
                    with.put(name, value);
                }
            });
        }
        return with;
    }

    private Map<String, Told> facts(YamlFields fields) {
        var told = new LinkedHashMap<String, Told>();
        if (!(fields.node("facts") instanceof Mapping facts)) {
            return told;
        }
        var names = facts.entries().keySet();
        var observed = fields.fields("observed", names);
        facts.entries().forEach((name, entry) -> {
            var declaration = catalogue.find(name).orElse(null);
            if (declaration == null) {
                mistakes.add(
                        entry.key().key(name),
                        "unknown fact '" + name + "'"
                                + catalogue
                                        .nearest(name)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse(""));
                return;
            }
            var age = observed.text(name)
                    .flatMap(text -> instant(text, observed.place(name)))
                    .map(at -> Duration.between(at, NOW))
                    .orElse(Duration.ZERO);
            told.put(name, told(declaration, entry.value(), age));
        });
        return told;
    }

    private Told told(FactDeclaration declaration, YamlNode node, Duration age) {
        if (!(declaration.type() instanceof FactType.CollectionOf(var item))) {
            return new Told(age, json(declaration, null, node, declaration.type()), Map.of());
        }
        var items = new LinkedHashMap<String, String>();
        if (node instanceof Sequence sequence) {
            for (var one : sequence.items()) {
                var id = one instanceof Mapping mapping && mapping.get("item") instanceof Scalar scalar
                        ? scalar.text()
                        : String.valueOf(items.size() + 1);
                items.put(id, json(declaration, id, one, item));
            }
        } else {
            mistakes.add(node, "'" + declaration.name() + "' is a collection: expected a list, found " + node.kind());
        }
        return new Told(age, null, items);
    }

    private String json(FactDeclaration declaration, @Nullable String item, YamlNode node, FactType type) {
        var value = plain(node, type);
        var json = JSON.writeValueAsString(value);
        catalogue.mistakeIn(declaration.name(), item, json).ifPresent(mistake -> mistakes.add(node, mistake));
        return json;
    }

    private @Nullable Object plain(YamlNode node, FactType type) {
        return switch (type) {
            case FactType.Structure(var fields)
            when node instanceof Mapping mapping -> {
                var values = new LinkedHashMap<String, @Nullable Object>();
                mapping.entries().forEach((name, entry) -> {
                    var field = fields.get(name);
                    if (field != null) {
                        values.put(name, plain(entry.value(), field.type()));
                    } else if (!name.equals("item")) {
                        values.put(name, entry.value().plain());
                    }
                });
                yield values;
            }
            case FactType.Simple simple
            when simple == FactType.Simple.TIMESTAMP && node instanceof Scalar scalar ->
                instant(scalar.text(), node.place()).map(Instant::toString).orElse(scalar.text());
            case FactType.Simple simple
            when simple == FactType.Simple.STRING && node instanceof Scalar scalar -> scalar.text();
            case FactType.Structure _, FactType.Simple _, FactType.CollectionOf _ -> node.plain();
        };
    }

    private Optional<Instant> instant(String text, Place place) {
        if (text.equals("now")) {
            return Optional.of(NOW);
        }
        if (text.endsWith(" ago")) {
            return duration(text.substring(0, text.length() - 4), place).map(NOW::minus);
        }
        if (text.startsWith("in ")) {
            return duration(text.substring(3), place).map(NOW::plus);
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (java.time.DateTimeException _) {
            mistakes.add(place, "expected 'now', '5d ago', 'in 5d' or an instant, found '" + text + "'");
            return Optional.empty();
        }
    }

    private Optional<Duration> duration(String text, Place place) {
        var duration = DurationText.parse(text.strip());
        if (duration.isEmpty()) {
            mistakes.add(place, "expected a duration such as 14d or 12h, found '" + text + "'");
        }
        return duration;
    }
}
