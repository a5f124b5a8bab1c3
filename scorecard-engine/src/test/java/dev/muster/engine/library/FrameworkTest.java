package dev.muster.engine.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.RuleLibrary;
import dev.muster.engine.rule.A;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameworkTest {

    private static final String RULE = """
            id: enough-replicas
            title: Enough instances run
            params: { min: 2 }
            check: replicas >= params.min
            level: bronze
            """;

    @TempDir
    Path folder;

    @Test
    void addsTheFactsAndRulesOfAFolder() throws Exception {
        write("rules/reliability/enough-replicas/rule.yaml", RULE);
        write("rules/reliability/enough-replicas/examples.yaml", "[]");
        write("facts/own.yaml", "name: zones\nkind: int\ndoc: Zones\n");
        write("README.md", "nothing to read");
        var both = shipped().and(folder);
        assertThat(both.rules().names()).containsExactly("local/enough-replicas");
        assertThat(both.facts().find("zones")).isPresent();
        assertThat(both.facts().find("replicas")).isPresent();
        assertThat(both.rules().find("local/enough-replicas"))
                .get()
                .extracting(RuleDefinition::dimension, RuleDefinition::use, RuleDefinition::weight)
                .containsExactly("reliability", "local/enough-replicas", 1);
        assertThat(both.examples()).containsOnlyKeys("local/enough-replicas");
    }

    @Test
    void tellsAllMistakesOfAllFilesOfAFolder() throws Exception {
        write("rules/reliability/enough-replicas/rule.yaml", RULE.replace("replicas >=", "replica >="));
        write("rules/reliability/other/rule.yaml", RULE);
        var mistakes = catchThrowableOfType(
                        DefinitionException.class, () -> shipped().and(folder))
                .mistakes();
        assertThat(mistakes)
                .extracting(Mistake::toString)
                .containsExactly(
                        "rules/reliability/other/rule.yaml:1:5: the id is 'enough-replicas' but the folder is 'other' (id)",
                        "rules/reliability/enough-replicas/rule.yaml:4:8: unknown fact 'replica'; did you mean"
                                + " 'replicas'? (check)");
    }

    @Test
    void tellsWhatIsWrongWithAnExample() throws Exception {
        write("rules/reliability/enough-replicas/rule.yaml", RULE);
        var framework = shipped().and(folder);
        var rule = framework.rules().find("local/enough-replicas").orElseThrow();
        var examples = ExampleReader.read("e", """
                - { name: right, facts: { replicas: 2 }, expect: PASS, message: Enough instances run, changesIn: 1h }
                - { name: wrong, facts: { replicas: 2 }, with: { min: 3 }, expect: PASS }
                - { name: wrong words, facts: { replicas: 2 }, expect: PASS, message: Plenty }
                - { name: wrong time, facts: { replicas: 2 }, observed: { replicas: 10m ago }, expect: PASS, changesIn: 1h }
                """, framework.facts());
        var runner = new RuleExamples(framework.facts());
        assertThat(examples.stream()
                        .map(example -> runner.mistakeIn(rule, example).orElse("")))
                .containsExactly(
                        "",
                        "expected PASS, was FAIL: not so: Enough instances run",
                        "expected the message \"Plenty\", was \"Enough instances run\"",
                        "expected a change at 2026-01-01T01:00:00Z, was 2026-01-01T00:50:00Z");
    }

    @Test
    void tellsMistakesInExamplesAtTheirPlaces() {
        var mistakes = catchThrowableOfType(DefinitionException.class, () -> ExampleReader.read("e", """
                - name: a
                  facts: { runbok: {}, alerts: 5, runbook: { confirmedAt: yesterday, exist: true } }
                  expect: GOOD
                - expect: PASS
                """, A.CATALOGUE))
                .mistakes();
        assertThat(mistakes)
                .extracting(mistake -> mistake.line() + ":" + mistake.column())
                .contains("2:12", "2:32", "2:59", "3:11", "4:3");
    }

    private Framework shipped() {
        return new Framework(A.CATALOGUE, RuleLibrary.of(List.of()), Map.of());
    }

    private void write(String name, String text) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
