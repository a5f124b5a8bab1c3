package dev.muster.engine.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelVariableResolver;
import java.util.function.Supplier;

/// How a [Judgement] asks an expression.
@FunctionalInterface
interface Asking {

    Object ask(
            Expression expression,
            CelVariableResolver variables,
            Supplier<CelFunctionResolver> functions,
            Plan.Late late,
            Steps steps)
            throws CelEvaluationException;
}
