package dev.muster.engine.library;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.InitiativeDefinition;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.Place;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlNode;
import dev.muster.engine.definition.YamlReader;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.rule.Expressions;
import dev.muster.engine.rule.Expressions.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads initiative files (`apiVersion: muster.dev/v1`, `kind: Initiative`). Thread-safe.
///
/// Knows neither the time nor what is published: a due date that has passed, and an initiative that means no entity,
/// are for its caller to find.
public final class InitiativeReader {

    private static final Set<String> METADATA = Set.of("name", "title", "description", "owner");
    private static final Set<String> SPEC = Set.of("scorecard", "level", "rules", "appliesTo", "startsAt", "due");

    private final Expressions expressions;

    public InitiativeReader(FactCatalogue facts) {
        this.expressions = new Expressions(facts);
    }

    /// What an initiative can ask for on a scorecard.
    ///
    /// @param levels from the lowest to the highest
    /// @param rules ids
    public record Target(List<String> levels, List<String> rules) {

        public Target {
            levels = List.copyOf(levels);
            rules = List.copyOf(rules);
        }
    }

    /// An initiative and the document that says it.
    public record Read(YamlNode document, InitiativeDefinition definition) {}

    /// Reads a file that holds one initiative or several.
    ///
    /// @param file name for messages
    /// @throws DefinitionException with every mistake
    public List<Read> read(@Nullable String file, String yaml) throws DefinitionException {
        var mistakes = new Mistakes();
        var read = new LinkedHashMap<String, Read>();
        for (var document : YamlReader.read(file, yaml)) {
            try {
                var definition = read(document);
                if (read.put(definition.name(), new Read(document, definition)) != null) {
                    mistakes.add(document, "the initiative '" + definition.name() + "' is there twice");
                }
            } catch (DefinitionException wrong) {
                mistakes.addAll(wrong.mistakes());
            }
        }
        if (read.isEmpty() && mistakes.isEmpty()) {
            mistakes.add(new Place(file, 1, 1, ""), "holds no initiative");
        }
        mistakes.throwIfAny();
        return List.copyOf(read.values());
    }

    private InitiativeDefinition read(YamlNode document) throws DefinitionException {
        var mistakes = new Mistakes();
        var top = YamlFields.of(document, mistakes, Set.of("apiVersion", "kind", "metadata", "spec"));
        ScorecardReader.expect(top, "apiVersion", ScorecardReader.API_VERSION, mistakes);
        ScorecardReader.expect(top, "kind", "Initiative", mistakes);
        top.required("metadata");
        top.required("spec");
        var metadata = top.fields("metadata", METADATA);
        var name = top.has("metadata") ? ScorecardReader.name(metadata, mistakes) : "";
        var spec = top.fields("spec", SPEC);
        var startsAt = startsAt(spec, mistakes);
        var definition = new InitiativeDefinition(
                name,
                metadata.text("title").orElse(name),
                metadata.text("description").orElse(null),
                ScorecardReader.owner(metadata, mistakes),
                top.has("spec") ? spec.requiredText("scorecard") : "",
                spec.text("level").orElse(null),
                rules(spec, mistakes),
                appliesTo(spec, mistakes),
                startsAt,
                top.has("spec") ? due(spec, startsAt, mistakes) : Instant.EPOCH);
        if (top.has("spec")) {
            oneTarget(spec, mistakes);
        }
        mistakes.throwIfAny();
        return definition;
    }

    /// Notes what the document names and none of the scorecards has.
    ///
    /// @param scorecards by name
    public static void check(Read read, Map<String, Target> scorecards, Mistakes mistakes) {
        var spec = spec(read);
        var name = read.definition().scorecard();
        var scorecard = scorecards.get(name);
        if (scorecard == null) {
            mistakes.add(
                    spec.place("scorecard"),
                    "no scorecard '" + name + "' is published" + Nearest.hint(name, scorecards.keySet()));
            return;
        }
        spec.text("level")
                .filter(level -> !scorecard.levels().contains(level))
                .ifPresent(level -> mistakes.add(
                        spec.place("level"),
                        "'" + level + "' is not a level of '" + name + "'; its levels are "
                                + String.join(", ", scorecard.levels()) + Nearest.hint(level, scorecard.levels())));
        for (var item : spec.list("rules")) {
            var rule = String.valueOf(item.plain());
            if (!scorecard.rules().contains(rule)) {
                mistakes.add(item, "'" + name + "' has no rule '" + rule + "'" + Nearest.hint(rule, scorecard.rules()));
            }
        }
    }

    /// Where a key of `spec` stands, else where `spec` does.
    public static Place place(Read read, String key) {
        return spec(read).place(key);
    }

    private static YamlFields spec(Read read) {
        var noted = new Mistakes(); // whatever is wrong was found when it was read
        return YamlFields.of(read.document(), noted, Set.of("apiVersion", "kind", "metadata", "spec"))
                .fields("spec", SPEC);
    }

    private static void oneTarget(YamlFields spec, Mistakes mistakes) {
        if (spec.has("level") && spec.has("rules")) {
            mistakes.add(spec.place("rules"), "an initiative has a 'level' or 'rules', not both");
        } else if (!spec.has("level") && !spec.has("rules")) {
            mistakes.add(
                    spec.place(), "an initiative needs a 'level' that is to be reached, or 'rules' that are to be met");
        }
    }

    private static List<String> rules(YamlFields spec, Mistakes mistakes) {
        var rules = new ArrayList<>(spec.texts("rules"));
        if (spec.node("rules") instanceof YamlNode.Sequence(var _, var items)) {
            if (items.isEmpty()) {
                mistakes.add(spec.place("rules"), "'rules' names no rule");
            }
            if (rules.size() > ScorecardReader.MAX_RULES) {
                mistakes.add(spec.place("rules"), "more than " + ScorecardReader.MAX_RULES + " rules");
            }
            var seen = new HashSet<>();
            for (var item : items) {
                if (item instanceof YamlNode.Scalar rule && !seen.add(rule.text())) {
                    mistakes.add(item, "the rule '" + rule.text() + "' is there twice");
                }
            }
        }
        return rules;
    }

    private String appliesTo(YamlFields spec, Mistakes mistakes) {
        var scalar = spec.scalar("appliesTo").orElse(null);
        if (scalar == null) {
            return "true";
        }
        RuleReader.check(scalar, Role.APPLIES_TO, Map.of(), expressions, mistakes);
        return scalar.text();
    }

    private static @Nullable Instant startsAt(YamlFields spec, Mistakes mistakes) {
        var text = spec.text("startsAt");
        var instant = text.flatMap(RuleReader::instant);
        if (text.isPresent() && instant.isEmpty()) {
            mistakes.add(spec.place("startsAt"), RuleReader.noInstant(text.get()));
        }
        return instant.orElse(null);
    }

    private static Instant due(YamlFields spec, @Nullable Instant startsAt, Mistakes mistakes) {
        var text = spec.requiredText("due");
        if (text.isEmpty()) {
            return Instant.EPOCH;
        }
        var due = due(text);
        if (due.isEmpty()) {
            mistakes.add(spec.place("due"), RuleReader.noInstant(text));
        } else if (startsAt != null && !startsAt.isBefore(due.get())) {
            mistakes.add(spec.place("due"), "is due before it starts; 'startsAt' is " + startsAt);
        }
        return due.orElse(Instant.EPOCH);
    }

    /// A date is due at its end, in UTC.
    private static Optional<Instant> due(String text) {
        var instant = RuleReader.instant(text);
        return text.length() == RuleReader.DATE_LENGTH ? instant.map(it -> it.plus(Duration.ofDays(1))) : instant;
    }
}
