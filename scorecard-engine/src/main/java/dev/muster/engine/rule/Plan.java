package dev.muster.engine.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A checked expression as a tree of closures, several times as fast as the interpreter of CEL's runtime:
/// names are places in an array, and no value is looked at on its way from one node to the next.
///
/// **Promises.** What it answers is what the runtime answers: functions are the runtime's own and those of
/// [CelSetup], by the overload that the type checker chose; only variables, fields, logic, comparisons of
/// the same type, lists, maps and loops are written here, and that an expression has no answer ([NoAnswer]).
/// Whatever else goes wrong in it is thrown, so that the caller asks the runtime, which then says it in its
/// own words or absorbs it as CEL has it (`false && broken`).
///
/// **Does not promise.** To have a plan for every expression: where it meets what it does not know, such as
/// optional syntax, there is none.
final class Plan {

    /// A part of an expression.
    @FunctionalInterface
    interface Node {

        /// Its value.
        Object in(Run run) throws CelEvaluationException;

        /// Its value where only true and false can go on.
        default boolean holds(Run run) throws CelEvaluationException {
            if (in(run) instanceof Boolean truth) {
                return truth;
            }
            throw anotherType();
        }
    }

    /// A part that is true or false.
    @FunctionalInterface
    interface Condition extends Node {

        @Override
        boolean holds(Run run) throws CelEvaluationException;

        @Override
        default Object in(Run run) throws CelEvaluationException {
            return holds(run);
        }
    }

    /// The functions that are answered anew for each evaluation.
    interface Late {

        boolean within(Instant from, Duration span);

        boolean attested();
    }

    /// One evaluation of one plan.
    static final class Run {

        final Late late;
        private final CelVariableResolver variables;
        private final @Nullable Object[] places;
        private int rounds;

        private Run(CelVariableResolver variables, Late late, int places) {
            this.variables = variables;
            this.late = late;
            this.places = new @Nullable Object[places];
        }

        /// What a loop put there.
        @SuppressWarnings("NullAway") // a body runs after its loop has put it there
        Object local(int place) {
            return places[place];
        }

        /// What was put there; null before.
        @Nullable
        Object kept(int place) {
            return places[place];
        }

        void local(int place, Object value) {
            places[place] = value;
        }

        /// A variable of the expression, looked up once.
        Object global(int place, String name) {
            var known = places[place];
            if (known == null) {
                known = variables.find(name).orElse(null);
                if (known == null) {
                    throw new NotPlanned("there is no variable " + name);
                }
                places[place] = known;
            }
            return known;
        }

        /// Counts one round of a loop.
        void round() {
            if (++rounds > Steps.LIMIT) {
                throw new NotPlanned("too many rounds");
            }
        }
    }

    /// The runtime has to be asked.
    static final class NotPlanned extends RuntimeException {
        NotPlanned(String what) {
            super(what, null, false, false);
        }
    }

    static NotPlanned anotherType() {
        return new NotPlanned("a value of another type");
    }

    private final Node root;
    private final int places;

    Plan(Node root, int places) {
        this.root = root;
        this.places = places;
    }

    /// The plan of an expression; empty when it holds what plans do not know.
    static Optional<Plan> of(CelAbstractSyntaxTree checked) {
        try {
            return Optional.of(new Planning(checked).plan());
        } catch (NotPlanned _) {
            return Optional.empty();
        }
    }

    /// The value.
    ///
    /// @throws NoAnswer as the runtime would
    /// @throws CelEvaluationException and every other RuntimeException: the runtime has to be asked
    Object eval(CelVariableResolver variables, Late late) throws CelEvaluationException {
        return root.in(new Run(variables, late, places));
    }
}
