package dev.muster.engine.rule;

import static dev.muster.engine.rule.Plan.anotherType;

import dev.cel.common.Operator;
import dev.cel.runtime.CelEvaluationException;
import dev.muster.engine.rule.Plan.Condition;
import dev.muster.engine.rule.Plan.Node;
import dev.muster.engine.rule.Plan.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Plans of logic and of comparisons.
final class Operators {

    private Operators() {}

    /// The plan of an operator that is not a function; null when it is one.
    ///
    /// @param arguments of types that are compared here, where it compares
    static @Nullable Node planned(Operator operator, List<Node> arguments) {
        var one = arguments.getFirst();
        var other = arguments.size() > 1 ? arguments.get(1) : one;
        return switch (operator) {
            case LOGICAL_NOT -> (Condition) run -> !one.holds(run);
            case LOGICAL_AND -> (Condition) run -> joined(one, other, false, run);
            case LOGICAL_OR -> (Condition) run -> joined(one, other, true, run);
            case NOT_STRICTLY_FALSE, OLD_NOT_STRICTLY_FALSE -> one;
            case CONDITIONAL -> {
                var otherwise = arguments.get(2);
                yield run -> one.holds(run) ? other.in(run) : otherwise.in(run);
            }
            case EQUALS -> (Condition) run -> equal(one.in(run), other.in(run));
            case NOT_EQUALS -> (Condition) run -> !equal(one.in(run), other.in(run));
            case LESS -> comparison(one, other, sign -> sign < 0);
            case LESS_EQUALS -> comparison(one, other, sign -> sign <= 0);
            case GREATER -> comparison(one, other, sign -> sign > 0);
            case GREATER_EQUALS -> comparison(one, other, sign -> sign >= 0);
            default -> null;
        };
    }

    /// One side that is `decisive` decides, even when the other has no answer.
    private static boolean joined(Node one, Node other, boolean decisive, Run run) throws CelEvaluationException {
        try {
            if (one.holds(run) == decisive) {
                return decisive;
            }
        } catch (NoAnswer none) {
            if (answered(other, none, run) == decisive) {
                return decisive;
            }
            throw none;
        }
        return other.holds(run);
    }

    private static boolean answered(Node other, NoAnswer none, Run run) throws CelEvaluationException {
        try {
            return other.holds(run);
        } catch (NoAnswer second) {
            throw none.and(second);
        }
    }

    private static boolean equal(Object one, Object other) {
        return one instanceof String text ? text.equals(other) : CelSetup.EQUALITY.objectEquals(one, other);
    }

    private static Condition comparison(Node one, Node other, IntPredicate holds) {
        return run -> holds.test(compare(one.in(run), other.in(run)));
    }

    private static int compare(Object one, Object other) {
        return switch (one) {
            case Long number when other instanceof Long same -> Long.compare(number, same);
            case Double number
            when other instanceof Double same && !number.isNaN() && !same.isNaN() ->
                number < same ? -1 : (number > same ? 1 : 0);
            case Instant instant when other instanceof Instant same -> instant.compareTo(same);
            case Duration duration when other instanceof Duration same -> duration.compareTo(same);
            default -> throw anotherType();
        };
    }
}
