package dev.muster.ingest.framework;

import static java.util.stream.Collectors.joining;

import dev.muster.engine.definition.AttestationTerms;
import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.DurationText;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactType;
import dev.muster.engine.library.ExampleReader;
import dev.muster.engine.library.Framework;
import dev.muster.engine.library.RuleExample;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.testkit.GeneratedPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The pages of the facts and rules that ship, from their files.
class FrameworkPagesTest {

    private static final Framework FRAMEWORK = Framework.fromClassPath();
    private static final List<RuleDefinition> RULES = FRAMEWORK.rules().names().stream()
            .map(name -> FRAMEWORK.rules().find(name).orElseThrow())
            .toList();

    private final CompiledScorecard all = new ScorecardCompiler(FRAMEWORK.facts())
            .compile(
                    new ScorecardDefinition(
                            "all", "All", null, null, "true", List.of("bronze"), false, false, true, RULES),
                    1);

    @Test
    void tellsEveryFact() {
        var text = new StringBuilder("""
                # Facts

                What rules read. A source tells them from webhooks, or anybody through `POST /v1/facts` (source `api`). A fact whose only source is `muster` nobody else tells: it is what people decide with
                `POST /v1/exemptions` and `POST /v1/attestations`, or what Muster computes. When several subjects of an entity tell the same fact, they are merged;
                evidence older than the maximum age makes a rule STALE, unless the rule says otherwise. Files like `facts/*.yaml` of the [framework](../framework/src/main/resources/dev/muster/framework/facts)
                in the folder that `muster.ingest.framework-dir` and `muster.evaluator.framework-dir` name add facts of your own.

                A component that claims a folder of a repository (`backstage.io/source-location` or `muster.dev/path`) has only those items of a collection whose field of type *path* lies in it,
                and all that do not say where they are.

                | fact | type | merged by | counts for | sources | read by |
                |---|---|---|---|---|---|
                """);
        for (var fact : FRAMEWORK.facts().declarations()) {
            text.append("| [%s](#%s) | %s%s | %s | %s | %s | %s |\n"
                    .formatted(
                            fact.name(),
                            fact.name().toLowerCase(Locale.ROOT),
                            escaped(fact.type().word()),
                            fact.unit() == null ? "" : ", " + fact.unit(),
                            fact.merge().name().toLowerCase(Locale.ROOT),
                            fact.maxAge() == null ? "ever" : DurationText.format(fact.maxAge()),
                            String.join(", ", fact.sources()),
                            readers(fact)));
        }
        FRAMEWORK.facts().declarations().forEach(fact -> text.append(section(fact)));
        new GeneratedPage("facts.md").whole(text.toString());
    }

    private String readers(FactDeclaration fact) {
        return RULES.stream()
                .filter(rule -> reads(rule, fact))
                .map(rule -> "[%1$s](rules.md#%1$s)".formatted(rule.id()))
                .collect(joining(", "));
    }

    /// Every rule reads exemptions and attestations: that is not worth a word.
    private boolean reads(RuleDefinition rule, FactDeclaration fact) {
        return all.rulesReading(fact.name()).contains(rule.id())
                && !List.of("exemptions", "attestations").contains(fact.name());
    }

    private static String section(FactDeclaration fact) {
        var text = new StringBuilder("\n## %s\n\n%s.\n".formatted(fact.name(), sentence(fact.doc())));
        if (fact.isCollection()) {
            text.append("\nA collection of at most %,d items for one subject.\n".formatted(fact.bound()));
        }
        var fields = switch (fact.type()) {
            case FactType.Structure(var of) -> of;
            case FactType.CollectionOf(var item) -> item.fields();
            case FactType.Simple _ -> Map.<String, FactType.Field>of();
        };
        if (!fields.isEmpty()) {
            text.append("\n| field | type | |\n|---|---|---|\n");
            fields.forEach((name, field) -> text.append("| `%s` | %s%s | %s%s |\n"
                    .formatted(
                            name,
                            escaped(field.type().word()),
                            (field.unit() == null ? "" : ", " + field.unit()) + (field.path() ? ", path" : ""),
                            escaped(field.doc()),
                            field.values().isEmpty() ? "" : ": " + String.join(", ", field.values()))));
        }
        return text.toString();
    }

    @Test
    void tellsEveryRule() throws Exception {
        var byDimension = new TreeMap<String, List<RuleDefinition>>();
        RULES.forEach(rule -> byDimension
                .computeIfAbsent(String.valueOf(rule.dimension()), _ -> new ArrayList<>())
                .add(rule));
        var text = new StringBuilder("""
                # Rules

                The rules that ship. A scorecard takes one with `use: framework/<id>` and changes what it likes, see [the language of rules](rule-language.md); `from: framework/production-readiness`
                takes all that answer a check of the framework. Nothing reported reads UNKNOWN, never FAIL.

                | rule | check | dimension | level | weight |
                |---|---|---|---|---|
                """);
        byDimension.forEach((dimension, rules) ->
                rules.forEach(rule -> text.append("| [%1$s](#%1$s) | %2$s | %3$s | %4$s | %5$d |\n"
                        .formatted(rule.id(), orDash(rule.requirement()), dimension, rule.level(), rule.weight()))));
        for (var dimension : byDimension.entrySet()) {
            text.append("\n## Dimension ").append(dimension.getKey()).append('\n');
            for (var rule : dimension.getValue()) {
                text.append(section(rule));
            }
        }
        new GeneratedPage("rules.md").whole(text.toString());
    }

    private String section(RuleDefinition rule) throws DefinitionException {
        var text = new StringBuilder("\n### %s\n\n**%s.** %s\n\n"
                .formatted(
                        rule.id(),
                        sentence(rule.title()),
                        String.valueOf(rule.motivation()).strip()));
        var facts = FRAMEWORK.facts().declarations().stream()
                .filter(fact -> reads(rule, fact))
                .toList();
        var lines = new LinkedHashMap<String, String>();
        lines.put("check", orDash(rule.requirement()));
        lines.put("level, weight", rule.level() + ", " + rule.weight());
        lines.put(
                "facts",
                facts.isEmpty()
                        ? "—"
                        : facts.stream()
                                .map(fact -> "[%s](facts.md#%s)"
                                        .formatted(fact.name(), fact.name().toLowerCase(Locale.ROOT)))
                                .collect(joining(", ")));
        lines.put("sources", sources(facts));
        if (rule.appliesTo() != null) {
            lines.put("applies where", "`" + oneLine(rule.appliesTo()) + "`");
        }
        if (rule.fresh() != null) {
            lines.put("evidence counts for", DurationText.format(rule.fresh()));
        }
        if (!rule.params().isEmpty()) {
            lines.put("params", "`" + new TreeMap<>(rule.params()) + "`");
        }
        rule.tiers().forEach((tier, params) -> lines.put("tier " + tier, "`" + new TreeMap<>(params) + "`"));
        if (rule.attestation() != null) {
            lines.put("attested by", attesters(rule.attestation()));
        }
        lines.put("effort", orDash(rule.effort()));
        text.append("| | |\n|---|---|\n");
        lines.forEach((key, value) -> text.append("| %s | %s |\n".formatted(key, escaped(value))));
        text.append("\nWhat to do:\n");
        String.valueOf(rule.remediation())
                .lines()
                .forEach(step -> text.append("- ").append(step).append('\n'));
        text.append("\nExamples:\n");
        for (var example : examples(rule)) {
            text.append("- %s: %s%s\n"
                    .formatted(
                            example.name(),
                            example.expect(),
                            example.message() == null ? "" : " – " + example.message()));
        }
        return text.toString();
    }

    private static List<RuleExample> examples(RuleDefinition rule) throws DefinitionException {
        return ExampleReader.read(rule.id(), FRAMEWORK.examples().getOrDefault(rule.use(), "[]"), FRAMEWORK.facts());
    }

    private static String sources(List<FactDeclaration> facts) {
        var sources = new TreeSet<String>();
        facts.forEach(fact -> sources.addAll(fact.sources()));
        return sources.isEmpty() ? "—" : String.join(", ", sources);
    }

    private static String attesters(AttestationTerms terms) {
        return String.join(", ", new TreeSet<>(terms.by())) + ", for " + DurationText.format(terms.period());
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String sentence(String text) {
        return text.strip().replaceFirst("\\.$", "");
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "—" : text;
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
