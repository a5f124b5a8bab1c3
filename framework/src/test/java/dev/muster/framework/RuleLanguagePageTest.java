package dev.muster.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.library.ExampleReader;
import dev.muster.engine.library.Framework;
import dev.muster.engine.library.RuleExamples;
import dev.muster.engine.rule.Expressions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the page about the language of rules claims.
class RuleLanguagePageTest {

    private static final Pattern FACTS = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile(
            "^\\| (?<functions>`.*`.*) \\| .* \\| `(?<example>.*)` \\| `(?<gives>.*)` \\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([A-Za-z.]+)\\(");
    private static final Framework FRAMEWORK = Framework.fromClassPath();

    private final String page = page();

    @TestFactory
    Stream<DynamicTest> everyExampleGivesWhatThePageSays() {
        return ROW.matcher(page)
                .results()
                .map(row -> dynamicTest(row.group("example"), () -> {
                    var check = "(" + row.group("example").replace("\\|", "|") + ") == (" + row.group("gives") + ")";
                    var facts = FACTS.matcher(page)
                            .results()
                            .findFirst()
                            .orElseThrow()
                            .group(1);
                    var example = ExampleReader.read(
                                    "rule-language.md",
                                    "- "
                                            + ("name: example\nexpect: PASS\n" + facts)
                                                    .indent(2)
                                                    .strip(),
                                    FRAMEWORK.facts())
                            .getFirst();
                    assertThat(new RuleExamples(FRAMEWORK.facts()).mistakeIn(rule(check), example))
                            .isEmpty();
                }));
    }

    @Test
    void everyFunctionHasAnExample() {
        assertThat(ROW.matcher(page)
                        .results()
                        .flatMap(row -> NAME.matcher(row.group("functions")).results())
                        .map(name -> name.group(1)))
                .containsAll(Expressions.functions());
    }

    private static RuleDefinition rule(String check) {
        return new RuleDefinition(
                "example", "Example", null, null, check, null, null, "bronze", 1, null, null, null, null, null,
                Map.of(), Map.of(), null, null, null);
    }

    private static String page() {
        try {
            return Files.readString(Path.of("../docs/rule-language.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
