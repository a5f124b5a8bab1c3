package dev.muster.evaluator.mapping;

import dev.muster.schemas.v1.RuleOutcome;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// The outcomes of a result with the bytes that stand for each, so that those which nobody touched are not
/// encoded again with every result: [ResultWriter] fills in what is missing. Used by one thread.
final class Outcomes extends AbstractList<RuleOutcome> implements RandomAccess {

    private final List<RuleOutcome> outcomes;

    @SuppressWarnings("NullAway") // null at the place of what nobody encoded yet
    private final byte[][] encoded;

    /// @param outcomes not changed any more, neither the list nor what it holds
    /// @param before those of the result before, of which the very same ones are known
    Outcomes(List<RuleOutcome> outcomes, List<RuleOutcome> before) {
        this.outcomes = outcomes;
        this.encoded = new byte[outcomes.size()][];
        if (before instanceof Outcomes known) {
            for (var place = 0; place < Math.min(size(), known.size()); place++) {
                if (same(outcomes.get(place), known.get(place))) {
                    encoded[place] = known.encoded[place];
                }
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(RuleOutcome a, RuleOutcome b) {
        return a == b;
    }

    @Override
    public RuleOutcome get(int place) {
        return outcomes.get(place);
    }

    @Override
    public int size() {
        return outcomes.size();
    }

    /// Null when nobody encoded it yet.
    byte @Nullable [] encoded(int place) {
        return encoded[place];
    }

    void encoded(int place, byte[] bytes) {
        encoded[place] = bytes;
    }
}
