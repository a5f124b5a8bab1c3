package dev.muster.engine.rule;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// Counts what an expression does, so that it ends: rounds of comprehensions (counted by CEL's runtime) and
/// looks at
/// items of facts, such as `in` inside a comprehension.
///
/// Counted and not timed, so that the same data gives the same outcome everywhere.
final class Steps {

    /// Rounds of comprehensions of one expression, all nested ones together.
    static final int LIMIT = 100_000;

    /// Looks at items of one expression.
    private static final int LOOKS = 2_000_000;

    private int looks;

    void reset() {
        looks = 0;
    }

    void look() {
        if (++looks > LOOKS) {
            throw new TooManySteps();
        }
    }

    /// The same list, each look at an item counted.
    List<Object> counted(List<?> list) {
        return new CountedList(list, this);
    }

    /// An expression was stopped.
    static final class TooManySteps extends RuntimeException {
        TooManySteps() {
            super("looked at more than " + LOOKS + " items", null, false, false);
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
