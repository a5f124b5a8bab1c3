package dev.muster.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.DurationText;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactType;
import dev.muster.engine.library.ExampleReader;
import dev.muster.engine.library.Framework;
import dev.muster.engine.library.RuleExample;
import dev.muster.engine.library.RuleExamples;
import dev.muster.engine.result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every example of every rule is a test.
class FrameworkTest {

    private static final Framework FRAMEWORK = Framework.fromClassPath();
    private static final RuleExamples EXAMPLES = new RuleExamples(FRAMEWORK.facts());

    /// Rules without a maximum age of evidence. Each says why in its motivation: the age is what it asks itself
    /// and fails for, or its source tells each change, so that silence means that nothing changed.
    private static final Set<String> NEVER_STALE = Set.of(
            "api-documentation-matches",
            "backups-are-restorable",
            "incidents-are-reviewed",
            "max-known-vulnerabilities",
            "runbook-is-current",
            "upstreams-are-ready",
            "vulnerabilities-fixed-in-time");

    @TestFactory
    Stream<DynamicNode> everyRuleSaysWhatItsExamplesExpect() {
        return rules().map(rule -> dynamicContainer(
                rule.id(),
                examples(rule).stream()
                        .map(example -> dynamicTest(
                                example.name(),
                                () -> assertThat(EXAMPLES.mistakeIn(rule, example))
                                        .isEmpty()))));
    }

    @TestFactory
    Stream<DynamicNode> everyOutcomeIsExplained() {
        return rules().map(rule -> dynamicTest(
                rule.id(),
                () -> assertThat(examples(rule)).allSatisfy(example -> {
                    var explanation = EXAMPLES.explanation(rule, example);
                    assertThat(explanation.outcome()).isEqualTo(example.expect());
                    var check = explanation.expressions().stream()
                            .filter(it -> it.key().equals("check"))
                            .findFirst()
                            .orElseThrow();
                    switch (example.expect()) {
                        case PASS, WARN ->
                            assertThat(check.value())
                                    .isEqualTo(explanation.message().startsWith("attested until") ? null : true);
                        case FAIL -> assertThat(check.value()).isFalse();
                        case UNKNOWN, STALE, EXEMPT, NOT_APPLICABLE, ERROR ->
                            assertThat(check.value()).isNull();
                    }
                })));
    }

    @TestFactory
    Stream<DynamicNode> everyRuleIsComplete() {
        return rules().map(rule -> dynamicTest(rule.id(), () -> {
            assertThat(rule.motivation()).as("motivation").hasSizeGreaterThan(80);
            assertThat(rule.message()).as("message").isNotNull();
            assertThat(rule.remediation()).as("remediation").isNotBlank();
            assertThat(rule.effort()).as("effort").isIn("low", "medium", "high");
            assertThat(rule.level()).isIn("bronze", "silver", "gold");
            assertThat(rule.use()).isEqualTo("framework/" + rule.id());
            var outcomes = examples(rule).stream().map(RuleExample::expect).toList();
            var onlyAttested = rule.check().equals("attested()"); // nothing can say that it is not so
            assertThat(outcomes).as("examples").contains(Outcome.PASS, onlyAttested ? Outcome.STALE : Outcome.FAIL);
            assertThat(outcomes).as("an example that nothing reported").contains(Outcome.UNKNOWN);
            if (rule.requirement() != null) {
                showsEveryWayToHaveNoAnswer(rule, outcomes);
            }
        }));
    }

    private static void showsEveryWayToHaveNoAnswer(RuleDefinition rule, List<Outcome> outcomes) {
        if (NEVER_STALE.contains(rule.id())) {
            assertThat(rule.fresh()).as("a maximum age of evidence").isNull();
            assertThat(rule.motivation()).as("why it cannot become stale").contains("Evidence has no maximum age: ");
            assertThat(outcomes).doesNotContain(Outcome.STALE);
            assertThat(examples(rule))
                    .as("an example that is decided by evidence of more than a year ago")
                    .anyMatch(it -> it.expect().decided()
                            && !it.facts().isEmpty()
                            && it.facts().values().stream()
                                    .allMatch(told -> told.age().toDays() >= 366));
        } else {
            assertThat(outcomes).as("an example with evidence that is too old").contains(Outcome.STALE);
        }
        if (rule.appliesTo() != null) {
            assertThat(outcomes).as("an example to which it does not apply").contains(Outcome.NOT_APPLICABLE);
        }
    }

    @TestFactory
    Stream<DynamicNode> aLimitThatIsOneOffIsNoticed() {
        return rules().flatMap(rule -> limits(rule)
                .flatMap(limit -> Stream.of(1, -1)
                        .map(step -> dynamicTest(
                                "%s: %s%+d".formatted(rule.id(), limit, step),
                                () -> assertThat(examples(rule).stream()
                                                .filter(limit::decides)
                                                .filter(example -> EXAMPLES.outcome(limit.off(step), example)
                                                                .outcome()
                                                        != example.expect()))
                                        .as("examples at the boundary")
                                        .isNotEmpty()))));
    }

    /// A number or a length of time that a rule compares with.
    ///
    /// @param tier where it counts, null when it does in all that have none of their own
    /// @param among all params that count there
    private record Limit(RuleDefinition rule, @Nullable Integer tier, String name, Map<String, Object> among) {

        /// Whether the example has this limit, and not one of its own.
        boolean decides(RuleExample example) {
            var tiers = rule.tiers();
            var own = example.entity().tier();
            return !example.with().containsKey(name) && (tier == null ? !tiers.containsKey(own) : tier == own);
        }

        /// The rule with a limit that is the least thing higher or lower that an example can show.
        RuleDefinition off(int step) {
            var params = new HashMap<>(among);
            params.put(
                    name,
                    switch (among.get(name)) {
                        case Long whole -> whole + step;
                        case Double part -> part + step * (isShareOfItems() ? 10 : 0.1);
                        case String text ->
                            DurationText.format(
                                    DurationText.parse(text).orElseThrow().plusSeconds(step));
                        default -> throw new IllegalStateException(name);
                    });
            return rule.withParams(params);
        }

        /// Whether it is a percentage of items, each of which an example lists. Such a limit moves by ten, from a half
        /// to two of five: to stand 0.1 below a half takes 250 of 501.
        private boolean isShareOfItems() {
            return rule.check().matches("(?s).*percent\\(.*\\.size\\(\\)\\)\\s*>= params\\." + name + "\\b.*");
        }

        @Override
        public String toString() {
            return name + (tier == null ? "" : " of tier " + tier);
        }
    }

    private static Stream<Limit> limits(RuleDefinition rule) {
        var usual = rule.params().keySet().stream().map(name -> new Limit(rule, null, name, rule.params()));
        var ofTiers = rule.tiers().entrySet().stream().flatMap(tier -> {
            var among = new HashMap<>(rule.params());
            among.putAll(tier.getValue());
            return tier.getValue().keySet().stream().map(name -> new Limit(rule, tier.getKey(), name, among));
        });
        return Stream.concat(usual, ofTiers)
                .filter(limit -> switch (limit.among().get(limit.name())) {
                    case Long _, Double _ -> true;
                    case String text -> DurationText.parse(text).isPresent();
                    default -> false;
                });
    }

    @Test
    void noTwoRulesAnswerTheSameRequirement() {
        assertThat(rules().map(RuleDefinition::requirement).filter(Objects::nonNull))
                .doesNotHaveDuplicates()
                .allSatisfy(requirement -> assertThat(requirement).matches("[A-Z]{3}-[1-9][0-9]?"));
    }

    @Test
    void thereAreFortySevenRequirements() {
        assertThat(requirements()).hasSize(47);
    }

    @Test
    void bronzeIsReachedWithoutAForm() {
        assertThat(requirements().filter(rule -> rule.level().equals("bronze")))
                .isNotEmpty()
                .noneMatch(rule -> rule.check().contains("attested()"));
    }

    @TestFactory
    Stream<DynamicNode> whereNothingWasReportedItSaysWhatToDo() {
        return requirements()
                .map(rule -> dynamicTest(
                        rule.id(),
                        () -> assertThat(examples(rule).stream()
                                        .filter(it -> it.expect() == Outcome.UNKNOWN
                                                && it.facts().isEmpty())
                                        .map(it ->
                                                EXAMPLES.explanation(rule, it).message()))
                                .allSatisfy(message -> assertThat(message)
                                        .containsAnyOf(
                                                "; connect ",
                                                "/v1/facts",
                                                "nobody has attested it yet",
                                                // Muster tells that itself, nobody has to do anything
                                                "nothing has reported readiness yet"))));
    }

    @Test
    void everyFactAndFieldSaysWhatItMeans() {
        for (FactDeclaration fact : FRAMEWORK.facts().declarations()) {
            assertThat(fact.doc()).as(fact.name()).isNotBlank();
            assertThat(fact.sources()).as(fact.name()).isNotEmpty();
            var fields = switch (fact.type()) {
                case FactType.Structure(var of) -> of;
                case FactType.CollectionOf(var item) -> item.fields();
                case FactType.Simple _ -> Map.<String, FactType.Field>of();
            };
            fields.forEach((name, field) ->
                    assertThat(field.doc()).as(fact.name() + "." + name).isNotBlank());
        }
    }

    @Test
    void theIndexNamesEveryFile() throws IOException {
        var root = Path.of("src/main/resources/" + Framework.RESOURCES);
        List<String> files;
        try (var paths = Files.walk(root)) {
            files = paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString().replace('\\', '/'))
                    .filter(name -> !name.equals("index"))
                    .sorted()
                    .toList();
        }
        assertThat(Files.readAllLines(root.resolve("index"))).isEqualTo(files);
        assertThat(FRAMEWORK.rules().names()).hasSize((int)
                files.stream().filter(name -> name.endsWith("/rule.yaml")).count());
    }

    @Test
    void dimensionsAreThoseOfTheFramework() {
        assertThat(rules().map(RuleDefinition::dimension))
                .isSubsetOf(Set.of(
                        "ownership",
                        "code-quality",
                        "performance",
                        "security",
                        "observability",
                        "reliability",
                        "infrastructure",
                        "operational-readiness",
                        "compliance",
                        "documentation"));
    }

    /// The rules of the framework, without those that say how Muster itself is fed.
    private static Stream<RuleDefinition> requirements() {
        return rules().filter(rule -> rule.requirement() != null);
    }

    private static Stream<RuleDefinition> rules() {
        return FRAMEWORK.rules().names().stream()
                .map(name -> FRAMEWORK.rules().find(name).orElseThrow());
    }

    private static List<RuleExample> examples(RuleDefinition rule) {
        try {
            return ExampleReader.read(
                    rule.id() + "/examples.yaml",
                    FRAMEWORK.examples().getOrDefault(rule.use(), "[]"),
                    FRAMEWORK.facts());
        } catch (DefinitionException wrong) {
            throw new AssertionError(wrong.getMessage(), wrong);
        }
    }
}
