package dev.muster.evaluator.entities;

import dev.muster.evaluator.mapping.Keys;
import org.apache.kafka.streams.state.KeyValueStore;

/// Ends the circles in which readiness would go round: A waits for B, and B for A, each with a rule that the other's
/// answer turns over.
///
/// Whatever follows from one delivery carries its id, through however many entities. An entity whose level
/// changed [#MOST] times because of one delivery keeps what comes then to itself: those that depend on it
/// hear of its level again with the next delivery that changes it.
final class Echoes {

    /// More than any chain of dependencies that comes to rest needs: a level cannot change more often than it has
    /// neighbours, unless they turn each other over.
    static final int MOST = 8;

    private final KeyValueStore<String, String> store;

    /// @param store number of changes, a space, and the delivery that made them, by entity and scorecard
    Echoes(KeyValueStore<String, String> store) {
        this.store = store;
    }

    /// Counts a change of the level, and says whether it is to be told.
    boolean passes(String entity, String scorecard, String deliveryId) {
        var key = Keys.of(entity, scorecard);
        var known = store.get(key);
        var times = known != null && known.substring(known.indexOf(' ') + 1).equals(deliveryId)
                ? Integer.parseInt(known, 0, known.indexOf(' '), 10) + 1
                : 1;
        if (times > MOST) {
            return false;
        }
        store.put(key, times + " " + deliveryId);
        return true;
    }

    void forget(String entity, String scorecard) {
        store.delete(Keys.of(entity, scorecard));
    }
}
