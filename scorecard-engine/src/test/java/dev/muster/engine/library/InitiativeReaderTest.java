package dev.muster.engine.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.InitiativeDefinition;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.library.InitiativeReader.Read;
import dev.muster.engine.library.InitiativeReader.Target;
import dev.muster.engine.rule.A;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitiativeReaderTest {

    private static final Map<String, Target> PUBLISHED = Map.of(
            "production-readiness",
            new Target(List.of("bronze", "silver", "gold"), List.of("max-known-vulnerabilities", "on-call-rotation")));

    private final InitiativeReader reader = new InitiativeReader(A.CATALOGUE);

    @Test
    void readsWhatIsToBeReachedAndByWhen() throws Exception {
        assertThat(read("""
                apiVersion: muster.dev/v1
                kind: Initiative
                metadata: { name: silver-by-christmas, title: Silver by Christmas, description: For calm holidays, owner: platform }
                spec:
                  scorecard: production-readiness
                  level: silver
                  appliesTo: entity.tier <= 2
                  startsAt: 2026-11-01
                  due: 2026-12-24
                """))
                .isEqualTo(new InitiativeDefinition(
                        "silver-by-christmas",
                        "Silver by Christmas",
                        "For calm holidays",
                        "group:default/platform",
                        "production-readiness",
                        "silver",
                        List.of(),
                        "entity.tier <= 2",
                        Instant.parse("2026-11-01T00:00:00Z"),
                        Instant.parse("2026-12-25T00:00:00Z")));
    }

    @Test
    void readsJsonWithRulesAndFillsInTheUsual() throws Exception {
        assertThat(read("""
                {"apiVersion":"muster.dev/v1","kind":"Initiative","metadata":{"name":"calm"},
                 "spec":{"scorecard":"s","rules":["b","a"],"due":"2026-12-24T18:00:00+01:00"}}"""))
                .isEqualTo(new InitiativeDefinition(
                        "calm",
                        "calm",
                        null,
                        null,
                        "s",
                        null,
                        List.of("b", "a"),
                        "true",
                        null,
                        Instant.parse("2026-12-24T17:00:00Z")));
    }

    @Test
    void readsSeveralOfOneFile() throws Exception {
        assertThat(reader.read(null, initiative("one", "level: gold") + "---\n" + initiative("two", "rules: [a]")))
                .extracting(it -> it.definition().name())
                .containsExactly("one", "two");
    }

    @Test
    void tellsAllMistakesAtOnceEachAtItsPlace() {
        assertThat(mistakes("""
                apiVersion: muster.dev/v2
                kind: Initiatives
                metadata: { name: Bad Name, owner: "a b", tittle: x }
                spec:
                  scorecards: x
                  level: silver
                  rules: [a, a, { id: b }]
                  appliesTo: entity.teir < 3 && coverage.newCode > 1.0
                  startsAt: soon
                  due: 2026-13-01
                ---
                apiVersion: muster.dev/v1
                kind: Initiative
                metadata: { name: late }
                spec: { scorecard: s, level: gold, startsAt: 2026-12-25, due: 2026-12-24 }
                """))
                .containsExactly(
                        "x.yaml:1:13: expected 'muster.dev/v1', found 'muster.dev/v2' (apiVersion)",
                        "x.yaml:2:7: expected 'Initiative', found 'Initiatives' (kind)",
                        "x.yaml:3:19: a name is made of a-z, 0-9, '-' and '.', at most 100: 'Bad Name' (metadata.name)",
                        "x.yaml:3:36: expected a reference such as group:default/platform, found 'a b' (metadata.owner)",
                        "x.yaml:3:43: unknown key 'tittle'; did you mean 'title'? (metadata.tittle)",
                        "x.yaml:5:3: unknown key 'scorecards'; did you mean 'scorecard'? (spec.scorecards)",
                        "x.yaml:5:3: 'scorecard' is missing (spec.scorecard)",
                        "x.yaml:7:10: an initiative has a 'level' or 'rules', not both (spec.rules)",
                        "x.yaml:7:14: the rule 'a' is there twice (spec.rules[1])",
                        "x.yaml:7:17: expected text, found a mapping (spec.rules[2])",
                        "x.yaml:8:20: unknown field 'teir'; did you mean 'tier'? (spec.appliesTo)",
                        "x.yaml:8:33: 'coverage' is not known here; appliesTo reads only entity and params"
                                + " (spec.appliesTo)",
                        "x.yaml:9:13: expected a date such as 2026-12-01 or an instant such as 2026-12-01T09:00:00Z, from"
                                + " 1970 to 9999, found 'soon' (spec.startsAt)",
                        "x.yaml:10:8: expected a date such as 2026-12-01 or an instant such as 2026-12-01T09:00:00Z, from"
                                + " 1970 to 9999, found '2026-13-01' (spec.due)",
                        "x.yaml:15:63: is due before it starts; 'startsAt' is 2026-12-25T00:00:00Z (spec.due)");
    }

    @Test
    void needsATargetAndOneName() {
        assertThat(mistakes(initiative("one", "appliesTo: 'true'")
                        + "---\n"
                        + initiative("two", "rules: []")
                        + "---\n"
                        + initiative("three", "level: gold")
                        + "---\n"
                        + initiative("three", "level: gold")))
                .containsExactly(
                        "x.yaml:4:7: an initiative needs a 'level' that is to be reached, or 'rules' that are to be met"
                                + " (spec)",
                        "x.yaml:9:47: 'rules' names no rule (spec.rules)",
                        "x.yaml:16:1: the initiative 'three' is there twice");
        assertThat(mistakes("# nothing\n")).containsExactly("x.yaml:1:1: holds no initiative");
        assertThat(mistakes("apiVersion: muster.dev/v1\nkind: Initiative\n"))
                .containsExactly(
                        "x.yaml:1:1: 'metadata' is missing (metadata)", "x.yaml:1:1: 'spec' is missing (spec)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "production-readyness | level: silver | 4:20: no scorecard 'production-readyness' is published; did you mean"
                        + " 'production-readiness'? (spec.scorecard)",
                "production-readiness | level: sliver | 4:66: 'sliver' is not a level of 'production-readiness'; its levels are"
                        + " bronze, silver, gold; did you mean 'silver'? (spec.level)",
                "production-readiness | rules: [on-call-rotation, max-known-vulnerability] | 4:85: 'production-readiness' has no"
                        + " rule 'max-known-vulnerability'; did you mean 'max-known-vulnerabilities'? (spec.rules[1])"
            })
    void findsWhatTheScorecardDoesNotHave(String scorecard, String target, String mistake) throws Exception {
        var read = reader.read(null, initiative("x", target).replace("scorecard: s,", "scorecard: " + scorecard + ","));
        var mistakes = new Mistakes();

        InitiativeReader.check(read.getFirst(), PUBLISHED, mistakes);

        assertThat(mistakes.found()).extracting(Mistake::toString).containsExactly(mistake);
    }

    @Test
    void findsNothingWhereAllIsThere() throws Exception {
        var mistakes = new Mistakes();
        for (Read read : reader.read(
                null, """
                %s---
                %s""".formatted(initiative("a", "level: gold"), initiative("b", "rules: [on-call-rotation]"))
                        .replace("scorecard: s,", "scorecard: production-readiness,"))) {
            InitiativeReader.check(read, PUBLISHED, mistakes);
        }
        assertThat(mistakes.found()).isEmpty();
    }

    /// Whichever day it is: on that day it is not overdue, and on the next it is.
    @Property(tries = 200)
    void aDateIsDueAtItsEnd(@ForAll @IntRange(min = 0, max = 2_900_000) int epochDay) throws Exception {
        var day = LocalDate.ofEpochDay(epochDay);
        var due = read(initiative("x", "level: gold").replace("2026-12-24", day.toString()))
                .due();
        assertThat(due.atOffset(ZoneOffset.UTC).toLocalDate()).isEqualTo(day.plusDays(1));
        assertThat(due.minusMillis(1).atOffset(ZoneOffset.UTC).toLocalDate()).isEqualTo(day);
    }

    private static String initiative(String name, String target) {
        return """
                apiVersion: muster.dev/v1
                kind: Initiative
                metadata: { name: %s }
                spec: { scorecard: s, due: 2026-12-24, %s }
                """.formatted(name, target);
    }

    private InitiativeDefinition read(String yaml) throws DefinitionException {
        return reader.read(null, yaml).getFirst().definition();
    }

    private List<String> mistakes(String yaml) {
        var wrong = catchThrowableOfType(DefinitionException.class, () -> reader.read("x.yaml", yaml));
        assertThat(wrong).isNotNull();
        return wrong.mistakes().stream().map(Mistake::toString).toList();
    }
}
