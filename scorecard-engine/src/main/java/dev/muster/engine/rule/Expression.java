package dev.muster.engine.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// A compiled expression and what it reads.
///
/// @param program for CEL's runtime: the reference, and what has the say when something goes wrong
/// @param ast what the program was made of
/// @param plan the quick way; empty when there is none
/// @param reads facts that it mentions
/// @param plain what it reads as if it were there: `coverage.newCode`, or `alerts` for a fact as a whole
/// @param asked what it asks for with `has()` or optional syntax: `coverage.newCode`, or `coverage` for the
///     fact itself
/// @param entity fields of `entity` that it reads
/// @param attests whether it asks for an attestation
record Expression(
        CelRuntime.Program program,
        CelAbstractSyntaxTree ast,
        Optional<Plan> plan,
        Set<String> reads,
        Set<String> plain,
        Set<String> asked,
        Set<String> entity,
        boolean attests) {

    Expression {
        reads = Set.copyOf(reads);
        plain = Set.copyOf(plain);
        asked = Set.copyOf(asked);
        entity = Set.copyOf(entity);
    }

    /// Its value.
    ///
    /// @param steps those that functions count in, see [Steps#during]
    ///
    /// @throws CelEvaluationException when it has none; so does every RuntimeException of a function
    Object eval(CelVariableResolver variables, Supplier<CelFunctionResolver> functions, Plan.Late late, Steps steps)
            throws CelEvaluationException {
        if (plan.isPresent()) {
            try {
                steps.reset();
                return plan.get().eval(variables, late);
            } catch (NoAnswer none) {
                throw none;
            } catch (CelEvaluationException | RuntimeException | StackOverflowError broken) {
                FactsFailed.passOn(broken);
            }
        }
        steps.reset();
        return program.eval(variables, functions.get());
    }

    /// True when it is false and reads nothing that could change that.
    boolean isNever() {
        if (!reads.isEmpty() || !entity.isEmpty() || attests) {
            return false;
        }
        try {
            return Boolean.FALSE.equals(new Steps().counting(() -> program.eval(_ -> Optional.empty())));
        } catch (CelEvaluationException | RuntimeException _) {
            return false; // it has no answer, which is not the same
        }
    }

    /// Facts without which these expressions cannot be answered: some part of them is read and neither that
    /// part nor the fact is asked for.
    static Set<String> needs(Iterable<Expression> expressions) {
        var asked = new TreeSet<String>();
        expressions.forEach(expression -> asked.addAll(expression.asked));
        var needs = new TreeSet<String>();
        for (var expression : expressions) {
            for (var path : expression.plain) {
                var dot = path.indexOf('.');
                var fact = dot < 0 ? path : path.substring(0, dot);
                if (!asked.contains(path) && !asked.contains(fact)) {
                    needs.add(fact);
                }
            }
        }
        return needs;
    }
}
