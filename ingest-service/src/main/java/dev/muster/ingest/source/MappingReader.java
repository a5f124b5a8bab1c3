package dev.muster.ingest.source;

import static dev.muster.ingest.source.SourceReader.LIST;
import static dev.muster.ingest.source.SourceReader.choice;
import static dev.muster.ingest.source.SourceReader.optional;
import static dev.muster.ingest.source.SourceReader.required;

import dev.cel.common.types.SimpleType;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlNode.Scalar;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactType;
import dev.muster.ingest.fact.OwnFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the mappings of a source definition and checks them against the fact catalogue.
final class MappingReader {

    private static final List<String> MAPPING = List.of(
            "name", "events", "when", "items", "subject", "noSubject", "actor", "url", "version", "facts", "told");
    private static final List<String> FACT =
            List.of("fact", "change", "when", "subject", "item", "scope", "members", "value", "version");

    private final FactCatalogue facts;
    private final Mistakes mistakes;

    MappingReader(FactCatalogue facts, Mistakes mistakes) {
        this.facts = facts;
        this.mistakes = mistakes;
    }

    List<Mapping> mappings(YamlFields spec) {
        var defaults = spec.fields("defaults", List.of("subject", "noSubject", "actor", "url"));
        var subject = optional(defaults, "subject", SimpleType.STRING, mistakes);
        var noSubject = defaults.text("noSubject");
        var actor = optional(defaults, "actor", SimpleType.STRING, mistakes);
        var url = optional(defaults, "url", SimpleType.STRING, mistakes);
        var mappings = new ArrayList<Mapping>();
        var names = new LinkedHashSet<String>();
        for (var node : spec.list("mappings")) {
            var fields = YamlFields.of(node, mistakes, MAPPING);
            var name = fields.requiredText("name");
            if (!names.add(name)) {
                mistakes.add(fields.place("name"), "the name '" + name + "' is there twice");
            }
            var own = optional(fields, "subject", SimpleType.STRING, mistakes);
            var about = own == null ? subject : own;
            var nobody = fields.text("noSubject").or(() -> noSubject).orElse(null);
            var version = version(fields, VersionMapping.NONE);
            var events = events(fields);
            var when = optional(fields, "when", SimpleType.BOOL, mistakes);
            var items = optional(fields, "items", LIST, mistakes);
            var who = otherwise(optional(fields, "actor", SimpleType.STRING, mistakes), actor);
            var where = otherwise(optional(fields, "url", SimpleType.STRING, mistakes), url);
            var follows = factMappings(fields, version);
            var told = told(fields, version);
            if (about != null) {
                mappings.add(new Mapping(name, events, when, items, about, nobody, who, where, follows, told));
            } else if (!fields.has("subject")) {
                mistakes.add(fields.place("subject"), "'subject' is missing, here and in spec.defaults");
            }
        }
        return List.copyOf(mappings);
    }

    private static @Nullable Expression otherwise(@Nullable Expression own, @Nullable Expression other) {
        return own == null ? other : own;
    }

    private Set<String> events(YamlFields fields) {
        var events = Set.copyOf(new LinkedHashSet<>(fields.texts("events")));
        if (events.isEmpty()) {
            mistakes.add(fields.place("events"), "'events' is missing: the event types that the mapping reads");
        }
        return events;
    }

    private VersionMapping version(YamlFields fields, VersionMapping otherwise) {
        if (!fields.has("version")) {
            return otherwise;
        }
        var version = fields.fields("version", List.of("time", "rank"));
        return new VersionMapping(
                optional(version, "time", SimpleType.DYN, mistakes),
                optional(version, "rank", SimpleType.INT, mistakes));
    }

    private @Nullable ToldMapping told(YamlFields mapping, VersionMapping version) {
        var told = optional(mapping, "told", SimpleType.DYN, mistakes);
        return told == null ? null : new ToldMapping(told, version.time());
    }

    private List<FactMapping> factMappings(YamlFields mapping, VersionMapping version) {
        var read = new ArrayList<FactMapping>();
        for (var node : mapping.list("facts")) {
            read.add(factMapping(YamlFields.of(node, mistakes, FACT), version));
        }
        if (read.isEmpty() && !mapping.has("told")) {
            mistakes.add(mapping.place("facts"), "'facts' is missing: what follows");
        }
        return List.copyOf(read);
    }

    private FactMapping factMapping(YamlFields fields, VersionMapping version) {
        var change = choice(fields, "change", ChangeKind.class, ChangeKind.SET, mistakes);
        var names = names(fields, change);
        var declaration = names.size() == 1 ? facts.find(names.getFirst()).orElse(null) : null;
        checkKind(fields, change, declaration);
        var members = change == ChangeKind.SNAPSHOT ? required(fields, "members", LIST, mistakes) : null;
        var item = isItem(change) || change == ChangeKind.SNAPSHOT
                ? required(fields, "item", SimpleType.STRING, mistakes)
                : null;
        return new FactMapping(
                names,
                change,
                optional(fields, "when", SimpleType.BOOL, mistakes),
                optional(fields, "subject", SimpleType.STRING, mistakes),
                item,
                optional(fields, "scope", SimpleType.STRING, mistakes),
                members,
                value(fields, change, declaration),
                version(fields, version));
    }

    private static boolean isItem(ChangeKind change) {
        return change == ChangeKind.UPSERT || change == ChangeKind.REMOVE;
    }

    private List<String> names(YamlFields fields, ChangeKind change) {
        var isList = fields.node("fact") instanceof YamlNode.Sequence;
        var names = isList ? fields.texts("fact") : List.of(fields.requiredText("fact"));
        if (isList && change != ChangeKind.INVALIDATE) {
            mistakes.add(fields.place("fact"), "several facts at once can only be invalidated");
        }
        for (var name : names) {
            var declaration = facts.find(name);
            if (!name.isEmpty() && declaration.isEmpty()) {
                mistakes.add(fields.place("fact"), "no fact is called '" + name + "'" + hint(name));
            }
            declaration.flatMap(OwnFacts::refusal).ifPresent(it -> mistakes.add(fields.place("fact"), it));
        }
        return names;
    }

    private String hint(String name) {
        return facts.nearest(name).map(near -> "; did you mean '" + near + "'?").orElse("");
    }

    private void checkKind(YamlFields fields, ChangeKind change, @Nullable FactDeclaration declaration) {
        if (declaration == null || change == ChangeKind.INVALIDATE) {
            return;
        }
        if (declaration.isCollection() == (change == ChangeKind.SET)) {
            mistakes.add(
                    fields.place("change"),
                    declaration.isCollection()
                            ? "'" + declaration.name() + "' is a collection: upsert, remove or snapshot its items"
                            : "'" + declaration.name() + "' is no collection: set it");
        }
    }

    private @Nullable ValueMapping value(YamlFields fields, ChangeKind change, @Nullable FactDeclaration declaration) {
        if (change == ChangeKind.REMOVE || change == ChangeKind.INVALIDATE) {
            if (fields.has("value")) {
                mistakes.add(fields.place("value"), "a fact that is removed or invalidated has no value");
            }
            return null;
        }
        return switch (fields.required("value")) {
            case Scalar scalar -> {
                var expression = Expressions.compile(scalar, SimpleType.DYN, mistakes);
                yield expression == null ? null : new ValueMapping.Whole(expression);
            }
            case YamlNode.Mapping mapping -> fields(mapping, declaration);
            case YamlNode.Sequence sequence -> {
                mistakes.add(sequence, "expected an expression or one a field, found a list");
                yield null;
            }
        };
    }

    private ValueMapping fields(YamlNode.Mapping mapping, @Nullable FactDeclaration declaration) {
        var known = fieldsOf(declaration);
        var read = new LinkedHashMap<String, Expression>();
        mapping.entries().forEach((name, entry) -> {
            if (known != null && !known.contains(name)) {
                mistakes.add(entry.key().key(name), "the fact has no field '" + name + "'" + Nearest.hint(name, known));
            }
            if (!(entry.value() instanceof Scalar scalar)) {
                mistakes.add(
                        entry.value(),
                        "expected an expression, found " + entry.value().kind());
                return;
            }
            var expression = Expressions.compile(scalar, SimpleType.DYN, mistakes);
            if (expression != null) {
                read.put(name, expression);
            }
        });
        return new ValueMapping.Fields(read);
    }

    private static @Nullable Set<String> fieldsOf(@Nullable FactDeclaration declaration) {
        return switch (declaration == null ? null : declaration.type()) {
            case null -> null;
            case FactType.Structure structure -> structure.fields().keySet();
            case FactType.CollectionOf collection -> collection.item().fields().keySet();
            case FactType.Simple _ -> Set.of();
        };
    }
}
