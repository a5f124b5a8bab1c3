package dev.muster.engine.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.engine.definition.AttestationTerms;
import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.Mistake;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.RuleLibrary;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.rule.A;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScorecardReaderTest {

    private static final RuleLibrary LIBRARY = library();
    private final ScorecardReader reader = new ScorecardReader(A.CATALOGUE, LIBRARY);

    @Test
    void readsAScorecardAndFillsInWhatItReuses() throws Exception {
        var scorecard = reader.read("readiness.yaml", """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: production-readiness, title: Production readiness, owner: group:default/platform }
                spec:
                  appliesTo: entity.kind == 'Component' && entity.type == 'service'
                  levels: [bronze, silver, gold]
                  notify: { regressions: true, recoveries: false }
                  draft: true
                  rules:
                    - use: framework/max-vulnerabilities
                      with: { max: 0, part: 1 }
                    - use: framework/max-vulnerabilities
                      id: stricter
                      level: gold
                      weight: 7
                      fresh: 12h
                    - id: coverage-tool
                      title: Coverage of new code is at least 80 %
                      appliesTo: entity.tier <= 2
                      check: coverage.newCode >= 80.0
                      message: "'coverage of new code is ' + string(coverage.newCode) + ' %'"
                      level: silver
                      weight: 3
                      fresh: 14d
                      effectiveFrom: 2026-12-01
                      remediation: https://example.org/coverage
                """);
        assertThat(scorecard.name()).isEqualTo("production-readiness");
        assertThat(scorecard.owner()).isEqualTo("group:default/platform");
        assertThat(scorecard.levels()).containsExactly("bronze", "silver", "gold");
        assertThat(scorecard.notifyRegressions()).isTrue();
        assertThat(scorecard.notifyRecoveries()).isFalse();
        assertThat(scorecard.draft()).isTrue();
        var reused = scorecard.rules().getFirst();
        assertThat(reused.id()).isEqualTo("max-vulnerabilities");
        assertThat(reused.use()).isEqualTo("framework/max-vulnerabilities");
        assertThat(reused.params()).isEqualTo(Map.of("max", 0L, "part", 1.0, "span", "7d", "names", List.of("a")));
        assertThat(reused.remediation()).isEqualTo("Update it\nTell others\nhttps://example.org/why");
        assertThat(reused.effort()).isEqualTo("low");
        assertThat(reused.dimension()).isEqualTo("security");
        assertThat(scorecard.rules().get(1))
                .extracting(RuleDefinition::id, RuleDefinition::level, RuleDefinition::weight, RuleDefinition::fresh)
                .containsExactly("stricter", "gold", 7, Duration.ofHours(12));
        var own = scorecard.rules().get(2);
        assertThat(own.effectiveFrom()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(own.fresh()).isEqualTo(Duration.ofDays(14));
        assertThat(own.use()).isNull();
    }

    @Test
    void readsJsonAndFillsInTheUsual() throws Exception {
        var scorecard = reader.read("x.json", """
                {"apiVersion":"muster.dev/v1","kind":"Scorecard","metadata":{"name":"s","owner":"platform"},
                 "spec":{"rules":[{"id":"a","title":"A","check":"replicas > 1","level":"gold",
                 "effectiveFrom":"2026-12-01T09:00:00+01:00"}]}}""");
        assertThat(scorecard.title()).isEqualTo("s");
        assertThat(scorecard.owner()).isEqualTo("group:default/platform");
        assertThat(scorecard.appliesTo()).isEqualTo("true");
        assertThat(scorecard.levels()).containsExactly("bronze", "silver", "gold");
        assertThat(scorecard.rules().getFirst().weight()).isEqualTo(1);
        assertThat(scorecard.rules().getFirst().effectiveFrom()).isEqualTo(Instant.parse("2026-12-01T08:00:00Z"));
    }

    @Test
    void tellsAllMistakesAtOnceEachAtItsPlace() {
        assertThat(mistakes("""
                apiVersion: muster.dev/v2
                kind: Scorecard
                metadata: { name: Bad Name, owner: "a b" }
                spec:
                  appliesTo: entity.teir < 3
                  levels: [bronze, bronze]
                  notifi: { regressions: true }
                  notify: { regressions: perhaps }
                  rules:
                    - use: framework/max-vulnerabilites
                    - use: framework/max-vulnerabilities
                      with: { maxim: 1, max: many }
                    - id: a
                      title: A
                      chek: replicas > 1
                      level: gold
                      weight: 0
                      fresh: 14 days
                      effectiveFrom: tomorrow
                    - id: b
                      title: B
                      check: coverage.newCode > '1' && runbok.exists
                      level: bronze
                    - id: b
                      title: B
                      check: replicas
                      level: bronze
                      with: { x: 1 }
                """))
                .containsExactly(
                        "1:13: expected 'muster.dev/v1', found 'muster.dev/v2' (apiVersion)",
                        "3:19: a name is made of a-z, 0-9, '-' and '.', at most 100: 'Bad Name' (metadata.name)",
                        "3:36: expected a reference such as group:default/platform, found 'a b' (metadata.owner)",
                        "5:20: unknown field 'teir'; did you mean 'tier'? (spec.appliesTo)",
                        "6:11: the level 'bronze' is there twice (spec.levels)",
                        "7:3: unknown key 'notifi'; did you mean 'notify'? (spec.notifi)",
                        "8:26: expected true or false, found text (spec.notify.regressions)",
                        "10:12: there is no rule 'framework/max-vulnerabilites'; did you mean"
                                + " 'framework/max-vulnerabilities'? (spec.rules[0].use)",
                        "12:15: 'framework/max-vulnerabilities' has no param 'maxim'; did you mean 'max'?"
                                + " (spec.rules[1].with.maxim)",
                        "12:30: expected a whole number, found text (spec.rules[1].with.max)",
                        "13:7: 'check' is missing (spec.rules[2].check)",
                        "15:7: unknown key 'chek'; did you mean 'check'? (spec.rules[2].chek)",
                        "16:14: 'gold' is not a level of this scorecard; its levels are bronze, bronze"
                                + " (spec.rules[2].level)",
                        "17:15: must be from 1 to 100, is 0 (spec.rules[2].weight)",
                        "18:14: expected a duration such as 14d or 12h, at most 3650d, found '14 days'"
                                + " (spec.rules[2].fresh)",
                        "19:22: expected a date such as 2026-12-01 or an instant such as 2026-12-01T09:00:00Z,"
                                + " from 1970 to 9999, found 'tomorrow' (spec.rules[2].effectiveFrom)",
                        "22:31: '>' cannot be applied to (double, string) (spec.rules[3].check)",
                        "22:40: unknown fact 'runbok'; did you mean 'runbook'? (spec.rules[3].check)",
                        "24:11: the rule 'b' is there twice, first on line 20; give one another id (spec.rules[4].id)",
                        "26:14: 'check' must give bool, this gives int (spec.rules[4].check)",
                        "28:7: unknown key 'with' (spec.rules[4].with)");
    }

    @Test
    void findsThePlaceInsideAnExpressionHoweverItIsWritten() {
        assertThat(mistakes("""
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: s }
                spec:
                  rules:
                    - id: literal
                      title: T
                      level: gold
                      check: |
                        replicas > 1
                          && coverage.newCod > 1.0
                    - id: folded
                      title: T
                      level: gold
                      check: >-
                        replicas > 1 &&
                        runbook.exist
                    - id: quoted
                      title: T
                      level: gold
                      check: "runbook.path == \\"x\\" && replicas > 1"
                    - id: single
                      title: T
                      level: gold
                      check: 'entity.name == ''x'' && alerts.size() == ''0'''
                    - { id: flow, title: T, level: gold, check: "replicas > one" }
                    - id: plain
                      title: T
                      level: gold
                      check: replicas > 1
                        && replica < 5
                """))
                .containsExactly(
                        "11:22: unknown field 'newCod'; did you mean 'newCode'? (spec.rules[0].check)",
                        "17:16: unknown field 'exist'; did you mean 'exists'? (spec.rules[1].check)",
                        "21:22: unknown field 'path' (spec.rules[2].check)",
                        "25:53: '==' cannot be applied to (int, string) (spec.rules[3].check)",
                        "26:61: unknown fact 'one' (spec.rules[4].check)",
                        "31:12: unknown fact 'replica'; did you mean 'replicas'? (spec.rules[5].check)");
    }

    @Test
    void checksAReusedRuleAgainWithItsNewParams() {
        assertThat(mistakes("""
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: s }
                spec:
                  rules:
                    - use: framework/max-vulnerabilities
                      with: { span: 7 days }
                    - use: framework/max-vulnerabilities
                      id: other
                      check: vulnerabilities.size() < params.maxx
                """))
                .containsExactly(
                        "6:12: the check of the reused rule is wrong here: '7 days' is not a duration such as 7d or 12h"
                                + " (spec.rules[0].use)",
                        "10:45: unknown field 'maxx'; did you mean 'max'? (spec.rules[1].check)");
    }

    @Test
    void takesAShippedScorecardAndChangesIt() throws Exception {
        var scorecard = reader.read("s.yaml", """
                        apiVersion: muster.dev/v1
                        kind: Scorecard
                        metadata: { name: ours, owner: platform }
                        spec:
                          from: framework/readiness
                          without: [has-coverage]
                          notify: { recoveries: false }
                          rules:
                            - use: framework/max-vulnerabilities
                              with: { max: 5 }
                            - { id: runs-twice, title: Runs twice, check: replicas >= 2, level: silver }
                        """);
        assertThat(scorecard)
                .extracting(
                        ScorecardDefinition::name,
                        ScorecardDefinition::title,
                        ScorecardDefinition::appliesTo,
                        ScorecardDefinition::levels,
                        ScorecardDefinition::notifyRegressions,
                        ScorecardDefinition::notifyRecoveries)
                .containsExactly(
                        "ours", "Readiness", "entity.kind == 'Component'", List.of("bronze", "silver"), false, false);
        assertThat(scorecard.rules())
                .extracting(RuleDefinition::id)
                .containsExactly("max-vulnerabilities", "has-runbook", "runs-twice");
        assertThat(scorecard.rules().getFirst().params()).containsEntry("max", 5L);
        assertThat(reader.read("s.yaml", """
                                apiVersion: muster.dev/v1
                                kind: Scorecard
                                metadata: { name: ours }
                                spec: { from: framework/readiness }
                                """).rules()).hasSize(3);
    }

    @Test
    void refusesToTakeWhatIsNotShipped() {
        assertThat(mistakes("""
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: s }
                spec: { from: framework/readines, rules: [{ use: framework/max-vulnerabilities }] }
                """))
                .containsExactly("4:15: there is no scorecard 'framework/readines'; did you mean 'framework/readiness'?"
                        + " (spec.from)");
        assertThat(mistakes("""
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: s }
                spec: { from: framework/readiness, levels: [bronze], without: [has-runbok, has-coverage] }
                """))
                .containsExactly(
                        "4:15: 'silver' is not a level of this scorecard; its levels are bronze; it is that of the"
                                + " rule 'has-runbook' (spec.from)",
                        "4:63: 'framework/readiness' has no rule 'has-runbok'; did you mean 'has-runbook'?"
                                + " (spec.without)");
        assertThat(mistakes("""
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: s }
                spec: { without: [a], rules: [{ use: framework/max-vulnerabilities }] }
                """))
                .containsExactly("4:18: 'without' leaves rules of a shipped scorecard out, and there is no 'from'"
                        + " (spec.without)");
    }

    @Test
    void readsParamsOfTiersAndTermsOfAttestation() throws Exception {
        var rules = reader.read("s.yaml", """
                        apiVersion: muster.dev/v1
                        kind: Scorecard
                        metadata: { name: s }
                        spec:
                          rules:
                            - id: a
                              title: A
                              check: replicas >= params.min && attested()
                              params: { min: 1, part: 0.5 }
                              tiers: { 1: { min: 3, part: 1 }, 2: { min: 2 } }
                              attestation: { by: [owner, security], period: 90d }
                              requirement: REL-2
                              level: gold
                            - use: framework/max-vulnerabilities
                              with: { max: 5 }
                              tiers: { 2: { span: 3d } }
                        """).rules();
        assertThat(rules.getFirst().tiers()).isEqualTo(Map.of(1, Map.of("min", 3L, "part", 1.0), 2, Map.of("min", 2L)));
        assertThat(rules.getFirst().attestation())
                .isEqualTo(new AttestationTerms(Set.of("owner", "security"), Duration.ofDays(90)));
        assertThat(rules.getFirst().requirement()).isEqualTo("REL-2");
        assertThat(rules.getLast().tiers())
                .as("what the shipped rule says of tier 1, without what 'with' changes")
                .isEqualTo(Map.of(1, Map.of("span", "2d"), 2, Map.of("span", "3d")));
        assertThat(rules.getLast().requirement()).isEqualTo("SEC-3");
    }

    @Test
    void refusesParamsOfTiersAndTermsThatCannotBe() {
        assertThat(mistakes("""
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: s }
                spec:
                  rules:
                    - id: a
                      title: A
                      check: replicas >= params.min
                      params: { min: 1, span: 7d }
                      tiers: { one: { min: 1 }, 2: { mn: 1 }, 3: { min: many }, 4: 5 }
                      attestation: { by: [Owner!], period: soon, to: x }
                      level: gold
                    - use: framework/max-vulnerabilities
                      tiers: { 3: { span: a week } }
                """))
                .containsExactlyInAnyOrder(
                        "10:16: a tier is a number from 0 to 9, not 'one' (spec.rules[0].tiers.one)",
                        "10:38: the rule has no param 'mn'; did you mean 'min'? (spec.rules[0].tiers.2.mn)",
                        "10:57: expected a whole number, found text (spec.rules[0].tiers.3.min)",
                        "10:68: expected a mapping of params, found an int (spec.rules[0].tiers.4)",
                        "11:26: 'Owner!' is neither 'owner' nor a duty, made of a-z, 0-9 and '-', at most 40"
                                + " (spec.rules[0].attestation.by)",
                        "11:44: expected a duration such as 14d or 12h, at most 3650d, found 'soon'"
                                + " (spec.rules[0].attestation.period)",
                        "11:50: unknown key 'to'; did you mean 'by'? (spec.rules[0].attestation.to)",
                        "14:14: with the params of tier 3 the check is wrong: 'a week' is not a duration such as 7d or"
                                + " 12h (spec.rules[1].tiers)");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(mistakes("{}"))
                .containsExactly(
                        "1:1: 'apiVersion' is missing (apiVersion)",
                        "1:1: 'kind' is missing (kind)",
                        "1:1: 'metadata' is missing (metadata)",
                        "1:1: 'spec' is missing (spec)");
        assertThat(mistakes("[]")).contains("1:1: expected a mapping, found a list");
        assertThat(mistakes("apiVersion: muster.dev/v1\nkind: Scorecard\nmetadata: { name: s }\nspec: { rules: [] }\n"))
                .containsExactly("4:16: a scorecard needs at least one rule (spec.rules)");
        assertThat(mistakes(
                        "apiVersion: muster.dev/v1\nkind: Scorecard\nmetadata: { name: s }\nspec: { rules: [7] }\n"))
                .containsExactly("4:17: expected a mapping, found an int (spec.rules[0])");
        assertThat(mistakes("apiVersion: muster.dev/v1\nkind: Scorecard\nmetadata: { name: s }\n"
                        + "spec: { rules: [{ id: a, title: A, level: gold, check: '' }] }\n"))
                .contains("4:57: the expression is empty (spec.rules[0].check)");
    }

    @Test
    void refusesAnExpressionThatIsTooLargeToSave() {
        assertThat(mistakes("apiVersion: muster.dev/v1\nkind: Scorecard\nmetadata: { name: s }\n"
                        + "spec: { rules: [{ id: a, title: A, level: gold, check: '" + "1<2 && ".repeat(1_200)
                        + "true' }] }\n"))
                .singleElement()
                .satisfies(mistake -> assertThat(mistake).contains("more than 8000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "1969-12-31",
                "2026-02-30",
                "1780000000",
                "never"
            })
    void refusesAnInstantThatNoClockReaches(String effectiveFrom) {
        assertThat(mistakes("apiVersion: muster.dev/v1\nkind: Scorecard\nmetadata: { name: s }\nspec:\n  rules:\n"
                        + "    - { id: a, title: A, level: gold, check: replicas > 1, effectiveFrom: '" + effectiveFrom
                        + "' }\n"))
                .containsExactly("6:75: expected a date such as 2026-12-01 or an instant such as 2026-12-01T09:00:00Z,"
                        + " from 1970 to 9999, found '" + effectiveFrom + "' (spec.rules[0].effectiveFrom)");
    }

    @Test
    void keepsAHundredMistakesOfThousands() {
        var rules = "    - { id: a, title: A, level: gold, check: x }\n".repeat(400);
        assertThat(mistakes(
                        "apiVersion: muster.dev/v1\nkind: Scorecard\nmetadata: { name: s }\nspec:\n  rules:\n" + rules))
                .hasSize(100);
    }

    private List<String> mistakes(String yaml) {
        return catchThrowableOfType(DefinitionException.class, () -> reader.read(null, yaml)).mistakes().stream()
                .map(Mistake::toString)
                .toList();
    }

    private static RuleLibrary library() {
        var files = new TreeMap<String, String>();
        files.put("rules/security/max-vulnerabilities/rule.yaml", """
                id: max-vulnerabilities
                title: Few vulnerabilities
                params: { max: 3, part: 0.5, span: 7d, names: [a] }
                tiers: { 1: { max: 0, span: 2d } }
                requirement: SEC-3
                check: vulnerabilities.filter(v, overdue(v.openedAt, duration(params.span))).size() <= params.max
                level: bronze
                remediation: { effort: low, steps: [Update it, Tell others], link: "https://example.org/why" }
                """);
        for (var id : List.of("has-runbook", "has-coverage")) {
            files.put("rules/documentation/" + id + "/rule.yaml", """
                    id: %s
                    title: It is there
                    check: runbook.exists
                    level: silver
                    """.formatted(id));
        }
        files.put("scorecards/readiness.yaml", """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: readiness, title: Readiness }
                spec:
                  appliesTo: entity.kind == 'Component'
                  levels: [bronze, silver]
                  notify: { regressions: false }
                  rules:
                    - use: framework/max-vulnerabilities
                    - use: framework/has-coverage
                    - use: framework/has-runbook
                """);
        try {
            return Framework.of("framework", files, A.CATALOGUE.declarations()).rules();
        } catch (DefinitionException wrong) {
            throw new AssertionError(wrong);
        }
    }
}
