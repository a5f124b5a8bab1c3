package dev.muster.engine.rule;

import dev.cel.runtime.CelEvaluationException;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// Counts what an expression does, so that it ends and fits into memory: rounds of comprehensions (counted by CEL's
/// runtime), looks at items of facts, such as `in` inside a comprehension, and the texts and lists that it makes.
///
/// Counted and not timed, so that the same data gives the same outcome everywhere.
final class Steps {

    /// Rounds of comprehensions of one expression, all nested ones together.
    static final int LIMIT = 100_000;

    /// Looks at items of one expression.
    private static final int LOOKS = 2_000_000;

    /// Characters of texts and items of lists that one expression makes. A text that is doubled twenty times is within
    /// it; one that is doubled thirty times would fill the memory.
    private static final int MADE = 5_000_000;

    /// The steps of the expression that runs, for functions, which see only their arguments.
    private static final ScopedValue<Steps> CURRENT = ScopedValue.newInstance();

    private int looks;
    private int made;

    /// Runs one expression, counted from zero.
    Object counting(ScopedValue.CallableOp<Object, CelEvaluationException> expression) throws CelEvaluationException {
        reset();
        return during(expression);
    }

    /// Runs what runs expressions: their functions count here. Each has to [#reset] first.
    <T, X extends Throwable> T during(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /// Counts from zero again.
    void reset() {
        looks = 0;
        made = 0;
    }

    void look() {
        look(1);
    }

    private void look(int times) {
        if ((looks += Math.min(times, LOOKS)) > LOOKS) {
            throw new TooManySteps("looked at more than " + LOOKS + " items and characters");
        }
    }

    /// A function of the expression that runs reads a text as a whole.
    static void read(String text) {
        CURRENT.get().look(text.length());
    }

    /// A function of the expression that runs makes a text or a list of that size.
    static void make(long size) {
        var steps = CURRENT.get();
        if ((steps.made += (int) Math.min(size, MADE)) > MADE) {
            throw new TooManySteps("made texts and lists of more than " + MADE + " characters and items");
        }
    }

    /// The same list, each look at an item counted.
    List<Object> counted(List<?> list) {
        return new CountedList(list, this);
    }

    /// An expression was stopped.
    static final class TooManySteps extends RuntimeException {
        TooManySteps(String what) {
            super(what, null, false, false);
        }
    }

    private static final class CountedList extends AbstractList<Object> implements RandomAccess {

        private final List<?> list;
        private final Steps steps;

        CountedList(List<?> list, Steps steps) {
            this.list = list;
            this.steps = steps;
        }

        @Override
        public Object get(int index) {
            steps.look();
            return list.get(index);
        }

        @Override
        public int size() {
            return list.size();
        }
    }
}
