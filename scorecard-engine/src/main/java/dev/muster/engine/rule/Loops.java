package dev.muster.engine.rule;

import static dev.muster.engine.rule.Plan.anotherType;

import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationException;
import dev.muster.engine.rule.Plan.Condition;
import dev.muster.engine.rule.Plan.Node;
import dev.muster.engine.rule.Plan.NotPlanned;
import dev.muster.engine.rule.Plan.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Plans of loops: those of `all()`, `exists()`, `filter()` and `map()` as what they are, and others as they
/// are written, with a value that goes from one round to the next.
final class Loops {

    private final Planning planning;
    private final CelComprehension loop;
    private final Node range;
    private final int item;
    private final Map<String, Integer> inside;

    private Loops(Planning planning, CelComprehension loop, Map<String, Integer> locals) {
        this.planning = planning;
        this.loop = loop;
        this.range = planning.node(loop.iterRange(), locals);
        this.item = planning.place();
        this.inside = new HashMap<>(locals);
        inside.put(loop.iterVar(), item);
    }

    /// @param locals places of the variables of enclosing loops
    /// @throws NotPlanned when it holds what plans do not know
    static Node planned(Planning planning, CelComprehension loop, Map<String, Integer> locals) {
        if (!loop.iterVar2().isEmpty()) {
            throw new NotPlanned("a loop of two variables");
        }
        var made = new Loops(planning, loop, locals);
        if (made.isQuantifier()) {
            return made.quantifier();
        }
        return ListMacros.isCollected(loop.accuInit()) ? made.collected() : made.asWritten(locals);
    }

    /// `all()` goes on as long as its condition holds, `exists()` as long as it does not. The variable that
    /// goes along is hidden from the condition, so that a loop around it can have the same.
    private boolean isQuantifier() {
        if (loop.accuInit().getKind() != Kind.CONSTANT
                || loop.accuInit().constant().getKind() != CelConstant.Kind.BOOLEAN_VALUE
                || loop.loopStep().getKind() != Kind.CALL
                || !isSum(loop.result())) {
            return false;
        }
        var step = loop.loopStep().call();
        var joins = isAll() ? Operator.LOGICAL_AND : Operator.LOGICAL_OR;
        return step.function().equals(joins.getFunction()) && isSum(step.args().getFirst()) && endsEarly();
    }

    private boolean isAll() {
        return loop.accuInit().constant().booleanValue();
    }

    /// Whether the loop ends once the outcome is known, unlike that of `exists_one()`.
    private boolean endsEarly() {
        return loop.loopCondition().getKind() == Kind.CALL
                && loop.loopCondition().call().function().equals(Operator.NOT_STRICTLY_FALSE.getFunction());
    }

    private boolean isSum(CelExpr expr) {
        return expr.getKind() == Kind.IDENT && expr.ident().name().equals(loop.accuVar());
    }

    private Condition quantifier() {
        var condition = planning.node(loop.loopStep().call().args().get(1), inside);
        var goesOn = isAll();
        return run -> {
            var items = items(range.in(run));
            var size = items.size();
            NoAnswer none = null;
            for (var i = 0; i < size; i++) {
                run.round();
                run.local(item, items.get(i));
                try {
                    if (condition.holds(run) != goesOn) {
                        return !goesOn;
                    }
                } catch (NoAnswer second) {
                    none = none == null ? second : none.and(second);
                }
            }
            if (none != null) {
                throw none;
            }
            return goesOn;
        };
    }

    /// Of several rounds without an answer, the runtime knows which one counts.
    private static Node withAnswers(Node loop) {
        return run -> {
            try {
                return loop.in(run);
            } catch (NoAnswer _) {
                throw new NotPlanned("a round without an answer");
            }
        };
    }

    private Node collected() {
        var step = loop.loopStep().call();
        var filtered = step.function().equals(Operator.CONDITIONAL.getFunction());
        Node wanted = filtered ? planning.node(step.args().getFirst(), inside) : (Condition) _ -> true;
        var value = planning.node(
                (filtered ? step.args().get(1).call() : step).args().get(1), inside);
        return withAnswers(run -> {
            var items = items(range.in(run));
            var collected = new ArrayList<Object>();
            var size = items.size();
            for (var i = 0; i < size; i++) {
                run.round();
                run.local(item, items.get(i));
                if (wanted.holds(run)) {
                    collect(collected, value, run);
                }
            }
            return Collections.unmodifiableList(collected);
        });
    }

    private static void collect(List<Object> collected, Node value, Run run) throws CelEvaluationException {
        var one = value.in(run);
        Steps.make(Growth.size(one));
        collected.add(one);
    }

    private Node asWritten(Map<String, Integer> locals) {
        var sum = planning.place();
        var outside = new HashMap<>(locals);
        outside.put(loop.accuVar(), sum);
        inside.put(loop.accuVar(), sum);
        var first = planning.node(loop.accuInit(), locals);
        var goesOn = planning.node(loop.loopCondition(), inside);
        var step = planning.node(loop.loopStep(), inside);
        var result = planning.node(loop.result(), outside);
        return withAnswers(run -> {
            run.local(sum, first.in(run));
            var items = items(range.in(run));
            var size = items.size();
            for (var i = 0; i < size; i++) {
                run.round();
                run.local(item, items.get(i));
                if (!goesOn.holds(run)) {
                    break;
                }
                run.local(sum, step.in(run));
            }
            return result.in(run);
        });
    }

    private static List<?> items(Object range) {
        return switch (range) {
            case List<?> list -> list;
            case Map<?, ?> map -> List.copyOf((Collection<?>) map.keySet());
            default -> throw anotherType();
        };
    }
}
