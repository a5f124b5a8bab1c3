package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.library.Framework;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.rule.ScorecardCompiler;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class PaymentsTest {

    @Test
    void everyRuleOfTheShippedScorecardHasWhatItReads() throws DefinitionException {
        var framework = Framework.fromClassPath();
        var definition = Payments.scorecard(framework);
        var scorecard = new ScorecardCompiler(framework.facts()).compile(definition, 1);

        var result = scorecard.evaluate(
                Payments.ENTITY, Payments.told(framework, definition), Payments.NOW, null, scorecard.rules());

        assertThat(result.rules())
                .hasSize(47)
                .allSatisfy(rule -> assertThat(rule.outcome())
                        .describedAs(rule.rule() + ": " + rule.message())
                        .isIn(EnumSet.of(Outcome.PASS, Outcome.WARN, Outcome.FAIL)));
    }
}
