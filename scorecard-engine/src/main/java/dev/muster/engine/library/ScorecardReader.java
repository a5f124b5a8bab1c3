package dev.muster.engine.library;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.RuleLibrary;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlReader;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.rule.Expressions;
import dev.muster.engine.rule.Expressions.Role;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads scorecard files (`apiVersion: muster.dev/v1`, `kind: Scorecard`). Thread-safe.
public final class ScorecardReader {

    public static final String API_VERSION = "muster.dev/v1";
    public static final int MAX_RULES = 500;

    private static final List<String> USUAL_LEVELS = List.of("bronze", "silver", "gold");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?");
    private static final Pattern LEVEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");
    private static final Pattern OWNER = Pattern.compile(
            "((?<kind>[A-Za-z]{1,30}):)?((?<namespace>[A-Za-z0-9._-]{1,63})/)?(?<name>[A-Za-z0-9._-]{1,63})");

    private final Expressions expressions;
    private final RuleLibrary shipped;

    public ScorecardReader(FactCatalogue facts, RuleLibrary shipped) {
        this.expressions = new Expressions(facts);
        this.shipped = shipped;
    }

    /// Reads one scorecard, fills in what it reuses, and checks every expression.
    ///
    /// @param file name for messages
    /// @throws DefinitionException with every mistake
    public ScorecardDefinition read(@Nullable String file, String yaml) throws DefinitionException {
        return read(YamlReader.readOne(file, yaml));
    }

    /// Reads one document of a file that may hold several.
    public ScorecardDefinition read(YamlNode document) throws DefinitionException {
        var mistakes = new Mistakes();
        var top = YamlFields.of(document, mistakes, Set.of("apiVersion", "kind", "metadata", "spec"));
        expect(top, "apiVersion", API_VERSION, mistakes);
        expect(top, "kind", "Scorecard", mistakes);
        top.required("metadata");
        top.required("spec");
        var metadata = top.fields("metadata", Set.of("name", "title", "description", "owner"));
        var spec = top.fields("spec", Set.of("from", "without", "appliesTo", "levels", "notify", "draft", "rules"));
        var notify = spec.fields("notify", Set.of("regressions", "recoveries"));
        var name = top.has("metadata") ? name(metadata, mistakes) : "";
        var base = base(spec, name, mistakes);
        var levels = levels(spec, base.levels(), mistakes);
        var definition = new ScorecardDefinition(
                name,
                metadata.text("title").orElse(base.title()),
                metadata.text("description").orElse(base.description()),
                owner(metadata, mistakes),
                appliesTo(spec, base.appliesTo(), mistakes),
                levels,
                notify.bool("regressions", base.notifyRegressions()),
                notify.bool("recoveries", base.notifyRecoveries()),
                spec.bool("draft", false),
                top.has("spec") ? rules(spec, base, levels, mistakes) : List.of());
        mistakes.throwIfAny();
        return definition;
    }

    /// What the scorecard begins from: a shipped one, or the usual without rules.
    private ScorecardDefinition base(YamlFields spec, String name, Mistakes mistakes) {
        var from = spec.text("from");
        var base = from.flatMap(shipped::scorecard);
        if (from.isPresent() && base.isEmpty()) {
            mistakes.add(
                    spec.place("from"),
                    "there is no scorecard '" + from.get() + "'" + Nearest.hint(from.get(), shipped.scorecards()));
        }
        if (spec.has("without") && from.isEmpty()) {
            mistakes.add(
                    spec.place("without"), "'without' leaves rules of a shipped scorecard out, and there is no 'from'");
        }
        return base.orElseGet(() ->
                new ScorecardDefinition(name, name, null, null, "true", USUAL_LEVELS, true, true, false, List.of()));
    }

    static void expect(YamlFields fields, String key, String value, Mistakes mistakes) {
        var found = fields.requiredText(key);
        if (!found.isEmpty() && !found.equals(value)) {
            mistakes.add(fields.place(key), "expected '" + value + "', found '" + found + "'");
        }
    }

    static String name(YamlFields metadata, Mistakes mistakes) {
        var name = metadata.requiredText("name");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            mistakes.add(
                    metadata.place("name"), "a name is made of a-z, 0-9, '-' and '.', at most 100: '" + name + "'");
        }
        return name;
    }

    static @Nullable String owner(YamlFields metadata, Mistakes mistakes) {
        var owner = metadata.text("owner").orElse(null);
        if (owner == null) {
            return null;
        }
        var parts = OWNER.matcher(owner);
        if (!parts.matches()) {
            mistakes.add(
                    metadata.place("owner"),
                    "expected a reference such as group:default/platform, found '" + owner + "'");
            return null;
        }
        var kind = parts.group("kind") == null ? "group" : parts.group("kind");
        var namespace = parts.group("namespace") == null ? "default" : parts.group("namespace");
        return (kind + ":" + namespace + "/" + parts.group("name")).toLowerCase(java.util.Locale.ROOT);
    }

    private static List<String> levels(YamlFields spec, List<String> usual, Mistakes mistakes) {
        if (!spec.has("levels")) {
            return usual;
        }
        var levels = spec.texts("levels");
        if (levels.isEmpty() || levels.size() > 10) {
            mistakes.add(spec.place("levels"), "a scorecard has 1 to 10 levels, this one has " + levels.size());
            return usual;
        }
        var seen = new TreeSet<String>();
        for (var level : levels) {
            if (!LEVEL.matcher(level).matches()) {
                mistakes.add(spec.place("levels"), "a level is made of letters, digits, '-' and '_': '" + level + "'");
            }
            if (!seen.add(level)) {
                mistakes.add(spec.place("levels"), "the level '" + level + "' is there twice");
            }
        }
        return levels;
    }

    private String appliesTo(YamlFields spec, String otherwise, Mistakes mistakes) {
        var scalar = spec.scalar("appliesTo").orElse(null);
        if (scalar == null) {
            return otherwise;
        }
        RuleReader.check(scalar, Role.APPLIES_TO, Map.of(), expressions, mistakes);
        return scalar.text();
    }

    /// The rules of `base`, some of them left out or changed in their places, and then the others of the file.
    private List<RuleDefinition> rules(
            YamlFields spec, ScorecardDefinition base, List<String> levels, Mistakes mistakes) {
        var rules = new LinkedHashMap<String, RuleDefinition>();
        base.rules().forEach(rule -> rules.put(rule.id(), rule));
        for (var left : spec.has("from") ? spec.texts("without") : List.<String>of()) {
            if (rules.remove(left) == null) {
                var ids = base.rules().stream().map(RuleDefinition::id).toList();
                mistakes.add(
                        spec.place("without"),
                        "'" + spec.text("from").orElse("") + "' has no rule '" + left + "'" + Nearest.hint(left, ids));
            }
        }
        if (spec.list("rules").isEmpty() && !spec.has("from")) {
            mistakes.add(spec.place("rules"), "a scorecard needs at least one rule");
        }
        var lines = new HashMap<String, Integer>();
        for (var node : spec.list("rules")) {
            var fields = YamlFields.of(node, mistakes, known(node));
            var rule = node instanceof YamlNode.Mapping mapping ? rule(mapping, mistakes) : null;
            if (rule == null) {
                continue;
            }
            if (rules.size() == MAX_RULES && !rules.containsKey(rule.id())) {
                mistakes.add(node, "more than " + MAX_RULES + " rules");
                break;
            }
            if (!rule.level().isEmpty() && !levels.contains(rule.level())) {
                mistakes.add(
                        fields.place(fields.has("level") ? "level" : "use"),
                        noLevel(rule.level(), levels) + Nearest.hint(rule.level(), levels));
            }
            var first = lines.putIfAbsent(
                    rule.id(), fields.place(fields.has("id") ? "id" : "use").line());
            if (first != null && !rule.id().isEmpty()) {
                mistakes.add(
                        fields.place(fields.has("id") ? "id" : "use"),
                        "the rule '" + rule.id() + "' is there twice, first on line " + first
                                + "; give one another id");
            }
            rules.put(rule.id(), rule);
        }
        for (var rule : rules.values()) {
            if (!lines.containsKey(rule.id()) && !levels.contains(rule.level())) {
                mistakes.add(
                        spec.place("from"),
                        noLevel(rule.level(), levels) + "; it is that of the rule '" + rule.id() + "'");
            }
        }
        return List.copyOf(rules.values());
    }

    private static String noLevel(String level, List<String> levels) {
        return "'" + level + "' is not a level of this scorecard; its levels are " + String.join(", ", levels);
    }

    private @Nullable RuleDefinition rule(YamlNode.Mapping node, Mistakes mistakes) {
        var own = new Mistakes(); // apart, so that a reused rule is checked again only when it is clean so far
        var fields = YamlFields.of(node, own, node.entries().keySet());
        try {
            if (!fields.has("use")) {
                return new RuleReader(expressions, own).read(fields, null);
            }
            var use = fields.requiredText("use");
            var base = shipped.find(use).orElse(null);
            if (base == null) {
                own.add(fields.place("use"), "there is no rule '" + use + "'" + Nearest.hint(use, shipped.names()));
                return null;
            }
            return new RuleReader(expressions, own).reuse(fields, base);
        } finally {
            mistakes.addAll(own.found());
        }
    }

    /// A reused rule has its params; `with` changes them.
    private static Set<String> known(YamlNode node) {
        var keys = new TreeSet<>(RuleReader.KEYS);
        keys.addAll(Set.of("use", "with"));
        keys.remove(node instanceof YamlNode.Mapping mapping && mapping.get("use") != null ? "params" : "with");
        return keys;
    }
}
