package dev.muster.engine.library;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.RuleLibrary;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.definition.YamlFields;
import dev.muster.engine.definition.YamlReader;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.rule.Expressions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fact catalogue and the rules that ship with Muster, or that a folder adds to them.
///
/// Read once, when a program starts: files `facts/*.yaml` declare facts, each `rules/<dimension>/<id>/rule.yaml` is a
/// rule, each `scorecards/<name>.yaml` a scorecard that others can begin from.
/// A class path cannot be listed, so the resource `index` names every file, a line each.
///
/// @param facts declared facts
/// @param rules rules and scorecards by name, such as `framework/max-known-vulnerabilities`
/// @param examples text of each rule's `examples.yaml`, by the rule's name
public record Framework(FactCatalogue facts, RuleLibrary rules, Map<String, String> examples) {

    /// Where the jar of `framework` keeps its files.
    public static final String RESOURCES = "dev/muster/framework/";

    private static final Pattern RULE = Pattern.compile("rules/(?<dimension>[^/]+)/(?<id>[^/]+)/rule\\.yaml");
    private static final Pattern SCORECARD = Pattern.compile("scorecards/(?<name>[^/]+)\\.yaml");

    private static @Nullable Framework onClassPath;

    /// The framework on the class path, which is read once.
    ///
    /// @throws IllegalStateException when it is not there or does not read, which is a bug of the build
    public static synchronized Framework fromClassPath() {
        if (onClassPath == null) {
            onClassPath = read();
        }
        return onClassPath;
    }

    private static Framework read() {
        try {
            var files = new TreeMap<String, String>();
            for (var name :
                    resource("index").lines().filter(line -> !line.isBlank()).toList()) {
                files.put(name, resource(name));
            }
            return of("framework", files, List.of());
        } catch (DefinitionException wrong) {
            throw new IllegalStateException("the shipped framework does not read:\n" + wrong.getMessage(), wrong);
        }
    }

    /// This framework with the facts and rules of a folder added. Its rules are used as `local/<id>`, and
    /// its facts win over shipped ones of the same name.
    ///
    /// @throws DefinitionException with every mistake in the folder
    /// @throws UncheckedIOException when it cannot be read
    public Framework and(Path folder) throws DefinitionException {
        var files = new TreeMap<String, String>();
        try (var paths = Files.walk(folder, 4)) {
            for (var path : paths.filter(Files::isRegularFile).sorted().toList()) {
                var name = folder.relativize(path).toString().replace('\\', '/');
                if (name.endsWith(".yaml")) {
                    files.put(name, Files.readString(path));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + folder, broken);
        }
        var added = of("local", files, facts.declarations());
        var all = new ArrayList<RuleDefinition>();
        var scorecards = new TreeMap<String, ScorecardDefinition>();
        for (var library : List.of(rules, added.rules)) {
            library.names().forEach(name -> library.find(name).ifPresent(all::add));
            library.scorecards().forEach(name -> library.scorecard(name).ifPresent(it -> scorecards.put(name, it)));
        }
        var allExamples = new TreeMap<>(examples);
        allExamples.putAll(added.examples);
        return new Framework(added.facts, RuleLibrary.of(all, scorecards), allExamples);
    }

    /// Reads files by their path relative to the framework's root.
    ///
    /// @param prefix first part of the names of the rules
    /// @param known facts that are already declared
    static Framework of(String prefix, SortedMap<String, String> files, Iterable<FactDeclaration> known)
            throws DefinitionException {
        var mistakes = new Mistakes();
        var factFiles = new TreeMap<String, String>();
        files.forEach((name, text) -> {
            if (name.startsWith("facts/")) {
                factFiles.put(name, text);
            }
        });
        var declarations = new ArrayList<FactDeclaration>();
        known.forEach(declarations::add);
        declarations.addAll(FactCatalogue.parse(factFiles).declarations());
        var facts = FactCatalogue.of(declarations);
        var expressions = new Expressions(facts);
        var rules = new ArrayList<RuleDefinition>();
        var examples = new TreeMap<String, String>();
        files.forEach((name, text) -> {
            var path = RULE.matcher(name);
            if (path.matches()) {
                var use = prefix + "/" + path.group("id");
                try {
                    rules.add(rule(name, text, path.group("dimension"), path.group("id"), use, expressions));
                    var example = files.get(name.replace("rule.yaml", "examples.yaml"));
                    if (example != null) {
                        examples.put(use, example);
                    }
                } catch (DefinitionException wrong) {
                    mistakes.addAll(wrong.mistakes());
                }
            }
        });
        var library = RuleLibrary.of(rules);
        var scorecards = new TreeMap<String, ScorecardDefinition>();
        files.forEach((name, text) -> {
            var path = SCORECARD.matcher(name);
            if (path.matches() && mistakes.isEmpty()) { // a rule that does not read would be missing, too
                try {
                    scorecards.put(
                            prefix + "/" + path.group("name"), new ScorecardReader(facts, library).read(name, text));
                } catch (DefinitionException wrong) {
                    mistakes.addAll(wrong.mistakes());
                }
            }
        });
        mistakes.throwIfAny();
        return new Framework(facts, RuleLibrary.of(rules, scorecards), Map.copyOf(examples));
    }

    private static RuleDefinition rule(
            String file, String yaml, String dimension, String id, String use, Expressions expressions)
            throws DefinitionException {
        var mistakes = new Mistakes();
        var fields = YamlFields.of(YamlReader.readOne(file, yaml), mistakes, RuleReader.KEYS);
        var rule = new RuleReader(expressions, mistakes).read(fields, use);
        if (!rule.id().equals(id)) {
            mistakes.add(fields.place("id"), "the id is '" + rule.id() + "' but the folder is '" + id + "'");
        }
        if (rule.dimension() != null) {
            mistakes.add(fields.place("dimension"), "the dimension of a shipped rule is its folder");
        }
        mistakes.throwIfAny();
        return rule.in(dimension);
    }

    private static String resource(String name) {
        try (var stream = Framework.class.getClassLoader().getResourceAsStream(RESOURCES + name)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCES + name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
