package dev.muster.engine.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.rule.Expressions.Flaw;
import dev.muster.engine.rule.Expressions.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {

    private static final Map<String, Object> PARAMS = Map.of(
            "max", 3L, "part", 0.5, "name", "x", "window", "7d", "bad", "7 days", "all", List.of("a"), "on", true);
    private final Expressions expressions = new Expressions(A.CATALOGUE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coverage.newCode >= 80.0",
                "coverage.newCode >= 80",
                "vulnerabilities.filter(v, v.severity == 'critical').size() <= params.max",
                "!vulnerabilities.exists(v, overdue(v.openedAt, duration('7d')))",
                "vulnerabilities.all(v, within(v.openedAt, duration(params.window)))",
                "has(coverage.newCode) && coverage.newCode > 1.0",
                "has(facts.alerts) ? facts.alerts.size() == 0 : true",
                "facts.?coverage.?newCode.orValue(100.0) >= 80.0",
                "coverage.?newCode.orValue(0.0) >= 80.0",
                "runbook.exists && within(runbook.confirmedAt, duration('4380h'))",
                "entity.tier <= 2 && 'pci' in entity.tags && entity.annotations['a'] == 'b'",
                "entity.name.matches('^pay.*') && 'a' in params.all && params.on",
                "entity.name.matches('^[a-z]{1,63}(-[a-z0-9]{1,20}){0,10}$')",
                "entity.name.matches(r'\\p{Greek}{2}[[:alpha:]\\]){]{900}(a{9}|b{2,}|x{,3}){99}\\Q{1000}{1000}\\E')",
                "runbook.reviewers.exists(r, r.lowerAscii().startsWith('x'))",
                "vulnerabilities.all(v, v.item != '' && v.subject.startsWith('repo:'))",
                "timestamp('2026-01-01T00:00:00Z') < runbook.confirmedAt",
                "overdue(runbook.confirmedAt, portion(duration('10d'), params.part))",
                "replicas >= 2",
                "true",
                "params.max > 3",
                "[1, 2].all(a, [3].all(b, [4].all(c, [5].all(d, vulnerabilities.all(v, v.id != string(a + b + c + d))))))"
            })
    void acceptsWhatIsTyped(String check) {
        assertThat(expressions.flaws(Role.CHECK, check, PARAMS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "1 > 2", "!true || [1].exists(n, n > 1)"})
    void refusesACheckThatNobodyPasses(String check) {
        assertThat(expressions.flaws(Role.CHECK, check, PARAMS))
                .containsExactly(new Expressions.Flaw(
                        1, 0, "is never true, whatever is reported: nobody would reach the level of the rule"));
        assertThat(expressions.flaws(Role.WARN, check, PARAMS)).isEmpty();
    }

    @Test
    void refusesLoopsThatCostTooMuch() {
        assertThat(expressions.flaws(
                        Role.CHECK,
                        "alerts.all(a, alerts.all(b, alerts.all(c, alerts.all(d, alerts.all(e, a == e)))))",
                        PARAMS))
                .singleElement()
                .satisfies(flaw -> assertThat(flaw.message())
                        .startsWith("costs too much: more than 4 loops over facts inside one another"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    coverage.newCod >= 80.0 | 1 | 8 | unknown field 'newCod'; did you mean 'newCode'?
                    vulnerabilites.size() == 0 | 1 | 0 | unknown fact 'vulnerabilites'; did you mean 'vulnerabilities'?
                    vulnerabilities.all(v, v.serverity == 'low') | 1 | 24 | unknown field 'serverity'; did you mean 'severity'?
                    entity.teir <= 2 | 1 | 6 | unknown field 'teir'; did you mean 'tier'?
                    params.mx == 1 | 1 | 6 | unknown field 'mx'; did you mean 'max'?
                    coverage.newCode >= '80' | 1 | 17 | '>=' cannot be applied to (double, string)
                    coverage.newCode | 1 | 0 | 'check' must give bool, this gives double
                    vulnerabilities | 1 | 0 | 'check' must give bool, this gives list
                    now > runbook.confirmedAt | 1 | 0 | there is no 'now'; time enters through within(timestamp, duration) and overdue(timestamp, duration)
                    withn(runbook.confirmedAt, duration('1d')) | 1 | 5 | unknown function 'withn'; did you mean 'within'?
                    within(runbook.confirmedAt, '1d') | 1 | 6 | 'within' cannot be applied to (timestamp, string)
                    true && within(runbook.confirmedAt, duration('7 days')) | 1 | 44 | '7 days' is not a duration such as 7d or 12h
                    within(runbook.confirmedAt, duration(params.bad)) | 1 | 36 | '7 days' is not a duration such as 7d or 12h
                    timestamp('2026-13-01T00:00:00Z') == runbook.confirmedAt | 1 | 9 | '2026-13-01T00:00:00Z' is not a timestamp such as 2026-12-01T09:00:00Z
                    entity.name.matches('(') | 1 | 19 | '(' is not a regular expression of RE2: missing closing )
                    entity.name.matches('((a{1000}){1000}){1000}') | 1 | 19 | '((a{1000}){1000}){1000}' repeats too much: written out, it has more than 5000 parts
                    true && entity.name.matches('(([a]]{1,90}){90}){9,}') | 1 | 27 | '(([a]]{1,90}){90}){9,}' repeats too much: written out, it has more than 5000 parts
                    entity.name.matches(r'\\Q(\\E(\\]{80}){80}') | 1 | 19 | '\\Q(\\E(\\]{80}){80}' repeats too much: written out, it has more than 5000 parts
                    facts == facts | 1 | 0 | 'facts' is read one by one, such as facts.coverage
                    facts.coverag.newCode > 1.0 | 1 | 5 | unknown field 'coverag'; did you mean 'coverage'?
                    """)
    void refusesWithTheExactPlaceAndWhatWasMeant(String check, int line, int column, String message) {
        assertThat(expressions.flaws(Role.CHECK, check, PARAMS)).contains(new Flaw(line, column, message));
    }

    @Test
    void findsAllFlawsOfAnExpression() {
        assertThat(expressions.flaws(
                        Role.CHECK, "coverage.newCod > 1.0\n  && runbok.exists\n  && entity.teir < 2", Map.of()))
                .extracting(Flaw::line, Flaw::column)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(1, 8),
                        org.assertj.core.api.Assertions.tuple(2, 5),
                        org.assertj.core.api.Assertions.tuple(3, 11));
    }

    @Test
    void letsAppliesToReadOnlyTheEntity() {
        assertThat(expressions.flaws(Role.APPLIES_TO, "entity.tier <= params.max", PARAMS))
                .isEmpty();
        assertThat(expressions.flaws(Role.APPLIES_TO, "coverage.newCode > 1.0", PARAMS))
                .containsExactly(
                        new Flaw(1, 0, "'coverage' is not known here; appliesTo reads only entity and params"));
    }

    @Test
    void wantsTextForAMessage() {
        assertThat(expressions.flaws(Role.MESSAGE, "counted(alerts.size(), 'alert fires', 'alerts fire')", Map.of()))
                .isEmpty();
        assertThat(expressions.flaws(Role.MESSAGE, "alerts.size()", Map.of()))
                .containsExactly(new Flaw(1, 0, "'message' must give string, this gives int"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n ", "1 +", "coverage.newCode >= ", "((((", "'", "a ? b", "`"})
    void refusesWhatIsNotCel(String check) {
        assertThat(expressions.flaws(Role.CHECK, check, Map.of())).isNotEmpty();
    }

    @Test
    void refusesWhatIsTooLargeOrTooDeep() {
        assertThat(expressions.flaws(Role.CHECK, "true" + " && true".repeat(2_000), Map.of()))
                .singleElement()
                .satisfies(flaw -> assertThat(flaw.message()).contains("characters, more than 8000"));
        assertThat(expressions.flaws(Role.CHECK, "true" + "||1<2".repeat(1_400), Map.of()))
                .isNotEmpty();
        assertThat(expressions.flaws(Role.CHECK, "(".repeat(500) + "true" + ")".repeat(500), Map.of()))
                .isNotEmpty();
        assertThat(expressions.flaws(Role.CHECK, "[".repeat(900) + "]".repeat(900) + " == []", Map.of()))
                .isNotEmpty();
    }

    @Test
    void readsALongChainOfConditions() {
        assertThat(expressions.flaws(Role.CHECK, "true" + " && replicas > 1".repeat(100), Map.of()))
                .isEmpty();
    }

    @Test
    void tellsWhichFactsAnExpressionReadsAndWhichItAsksFor() throws Exception {
        assertThat(read("vulnerabilities.size() == 0 && coverage.newCode > 1.0").reads())
                .containsExactlyInAnyOrder("vulnerabilities", "coverage");
        assertThat(needs("vulnerabilities.size() == 0 && coverage.newCode > 1.0"))
                .containsExactlyInAnyOrder("vulnerabilities", "coverage");
        assertThat(needs("has(coverage.newCode)")).isEmpty();
        assertThat(needs("has(coverage.newCode) && coverage.newCode > 1.0")).isEmpty();
        assertThat(needs("has(coverage.overall) && coverage.newCode > 1.0")).containsExactly("coverage");
        assertThat(needs("has(facts.coverage) && coverage.newCode > 1.0 && replicas > 1"))
                .containsExactly("replicas");
        assertThat(needs("facts.?coverage.?newCode.orValue(1.0) > 0.5")).isEmpty();
        assertThat(needs("coverage.?newCode.orValue(1.0) > 0.5")).isEmpty();
        assertThat(needs("facts.alerts.size() == 0")).containsExactly("alerts");
        assertThat(needs("!has(facts.alerts) || alerts.size() == 0")).isEmpty();
        assertThat(needs("vulnerabilities.all(v, has(v.id))")).containsExactly("vulnerabilities");
    }

    @Test
    void doesNotTakeALocalVariableForAFact() throws Exception {
        assertThat(read("vulnerabilities.all(alerts, alerts.id != '')").reads()).containsExactly("vulnerabilities");
    }

    private java.util.Set<String> needs(String check) throws FlawedExpression {
        return Expression.needs(List.of(read(check)));
    }

    private Expression read(String check) throws FlawedExpression {
        return expressions.compile(Role.CHECK, check, Map.of());
    }
}
