package dev.muster.engine.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks expressions, and remembers the value of everything that they are made of; of what a loop asks of each item, the
/// value in its last round.
final class Trace implements Asking {

    private final IdentityHashMap<Expression, Seen> seen = new IdentityHashMap<>();

    /// What was seen of one expression.
    ///
    /// @param values by node, without those that were not needed and those that had none
    /// @param rounds of each loop, by the node that says before each whether there is one
    record Seen(Map<Long, Object> values, Map<Long, Integer> rounds) {}

    /// Forgets all.
    void clear() {
        seen.clear();
    }

    @Override
    public Object ask(
            Expression expression,
            CelVariableResolver variables,
            Supplier<CelFunctionResolver> functions,
            Plan.Late late,
            Steps steps)
            throws CelEvaluationException {
        var values = new HashMap<Long, Object>();
        var rounds = new HashMap<Long, Integer>();
        seen.put(expression, new Seen(values, rounds));
        var loops = new Shown(expression.ast()).loops();
        steps.reset();
        return expression.program().trace(variables, functions.get(), (node, value) -> {
            values.put(node.id(), value);
            var loop = loops.get(node.id());
            if (loop != null && value.equals(true)) {
                rounds.merge(node.id(), 1, Integer::sum);
                Shown.visit(loop.loopStep(), true, it -> values.remove(it.id()));
            }
        });
    }

    /// Null when the expression was not asked.
    @Nullable
    Seen of(Expression expression) {
        return seen.get(expression);
    }
}
