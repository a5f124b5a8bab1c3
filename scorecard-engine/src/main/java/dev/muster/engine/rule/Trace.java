package dev.muster.engine.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks expressions, and remembers the value of everything that they are made of.
final class Trace implements Asking {

    private final IdentityHashMap<Expression, Map<Long, Object>> values = new IdentityHashMap<>();

    /// Forgets all.
    void clear() {
        values.clear();
    }

    @Override
    public Object ask(Expression expression, CelVariableResolver variables, CelFunctionResolver functions)
            throws CelEvaluationException {
        var seen = new HashMap<Long, Object>();
        values.put(expression, seen);
        return expression.program().trace(variables, functions, (node, value) -> seen.put(node.id(), value));
    }

    /// Values by node of the expression, without those that were not needed and those that had none; null when the
    /// expression was not asked.
    @Nullable
    Map<Long, Object> of(Expression expression) {
        return values.get(expression);
    }
}
