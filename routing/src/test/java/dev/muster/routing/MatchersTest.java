package dev.muster.routing;

import static dev.muster.routing.Examples.broke;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchersTest {

    private static final Matchers RUNBOOK = new Matchers(Map.of(Field.RULE, List.of("has-runbook")));

    @Test
    void fitsWhenEveryFieldHasOneOfItsValues() {
        var matchers = new Matchers(Map.of(Field.TAG, List.of("go", "java"), Field.TIER, List.of("1")));

        assertThat(matchers.fit(broke("has-runbook"))).isTrue();
        assertThat(new Matchers(Map.of(Field.TAG, List.of("go"))).fit(broke("has-runbook")))
                .isFalse();
    }

    @Test
    void isFoundByARouteThroughAnyRuleButSilencedOnlyThroughAllOfThem() {
        var both = broke("has-runbook", "max-known-vulnerabilities");

        assertThat(RUNBOOK.fit(both)).isTrue();
        assertThat(RUNBOOK.cover(both)).isFalse();
        assertThat(RUNBOOK.cover(broke("has-runbook"))).isTrue();
        assertThat(RUNBOOK.cover(broke())).isFalse();
    }

    @Test
    void knowsTheLevelsThatNeedWhatChanged() {
        var bronze = new Matchers(Map.of(Field.RULE_LEVEL, List.of("bronze")));

        assertThat(bronze.fit(broke("has-runbook"))).isTrue();
        assertThat(bronze.cover(broke("has-runbook"))).isTrue();
        assertThat(bronze.mismatch(Examples.lost())).contains("ruleLevel is silver, not bronze");
        assertThat(Field.of("ruleLevel")).contains(Field.RULE_LEVEL);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertThat(new Matchers(Map.of(Field.TIER, List.of("2", "3"))).mismatch(broke("has-runbook")))
                .contains("tier is 1, not 2 or 3");
    }

    @ParameterizedTest
    @CsvSource({
        "*,,true",
        "*,x,true",
        "a*,abc,true",
        "*c,abc,true",
        "a*c,abc,true",
        "a*c,ab,false",
        "abc,abc,true",
        "abc,abcd,false",
        "group:*/payments*,group:default/payments-team,true",
        "**,x,true",
        "a*b*c,aXbYc,true",
        "a*b*c,acb,false"
    })
    void takesAStarForAnyText(String pattern, String value, boolean fits) {
        assertThat(Matchers.like(pattern, value == null ? "" : value)).isEqualTo(fits);
    }
}
