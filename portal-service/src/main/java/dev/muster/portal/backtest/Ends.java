package dev.muster.portal.backtest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The first and the last of many.
final class Ends<T> {

    private final int each;
    private final List<T> first = new ArrayList<>();
    private final Deque<T> last = new ArrayDeque<>();
    private long leftOut;

    /// @param each how many of either end
    Ends(int each) {
        this.each = each;
    }

    void add(T it) {
        if (first.size() < each) {
            first.add(it);
            return;
        }
        last.add(it);
        if (last.size() > each) {
            last.remove();
            leftOut++;
        }
    }

    /// How many there were between the first and the last.
    long leftOut() {
        return leftOut;
    }

    /// What was kept, in order.
    List<T> all() {
        var all = new ArrayList<>(first);
        all.addAll(last);
        return all;
    }
}
