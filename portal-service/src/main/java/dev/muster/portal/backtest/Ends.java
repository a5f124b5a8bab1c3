package dev.muster.portal.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// The first and the last of many that come in any order.
final class Ends<T> {

    private record Numbered<T>(T it, long number) {}

    private final int each;
    private final TreeSet<Numbered<T>> first;
    private final TreeSet<Numbered<T>> last;
    private long added;
    private long leftOut;

    /// @param each how many of either end
    /// @param order of which they are the ends; equal ones stay in the order in which they came
    Ends(int each, Comparator<? super T> order) {
        this.each = each;
        var numbered = Comparator.comparing((Numbered<T> it) -> it.it(), order).thenComparingLong(Numbered::number);
        first = new TreeSet<>(numbered);
        last = new TreeSet<>(numbered);
    }

    void add(T it) {
        first.add(new Numbered<>(it, added++));
        if (first.size() > each) {
            last.add(first.removeLast());
        }
        if (last.size() > each) {
            last.removeFirst();
            leftOut++;
        }
    }

    /// How many there were between the first and the last.
    long leftOut() {
        return leftOut;
    }

    /// What was kept, in order.
    List<T> all() {
        var all = new ArrayList<T>();
        first.forEach(it -> all.add(it.it()));
        last.forEach(it -> all.add(it.it()));
        return all;
    }
}
