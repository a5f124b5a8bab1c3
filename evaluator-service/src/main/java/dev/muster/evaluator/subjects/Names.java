package dev.muster.evaluator.subjects;

import dev.muster.engine.fact.Whereabouts;
import dev.muster.engine.fact.Whereabouts.Stop;
import dev.muster.evaluator.mapping.RegisterMapping;
import dev.muster.evaluator.state.StoredStop;
import dev.muster.evaluator.state.StoredWhereabouts;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Where the names of the subjects of one partition went. Little is ever told of it, so all that is known is
/// in memory: asking costs no read of a store.
final class Names {

    private final KeyValueStore<String, StoredWhereabouts> store;
    private @Nullable Map<String, Whereabouts> known;

    Names(KeyValueStore<String, StoredWhereabouts> store) {
        this.store = store;
    }

    Whereabouts of(String subject) {
        return known().getOrDefault(subject, Whereabouts.unknown());
    }

    /// Keeps what is new.
    ///
    /// @return whether it is
    boolean put(String subject, Whereabouts before, Whereabouts whereabouts) {
        if (whereabouts.equals(before)) {
            return false;
        }
        known().put(subject, whereabouts);
        store.put(
                subject,
                new StoredWhereabouts(
                        whereabouts.stops().stream().map(Names::toStore).toList()));
        return true;
    }

    private Map<String, Whereabouts> known() {
        if (known == null) {
            var all = new HashMap<String, Whereabouts>();
            try (var rows = store.all()) {
                rows.forEachRemaining(it -> all.put(it.key, toEngine(it.value)));
            }
            known = all;
        }
        return known;
    }

    private static Whereabouts toEngine(StoredWhereabouts it) {
        return new Whereabouts(it.getStops().stream()
                .map(stop ->
                        new Stop(RegisterMapping.toEngine(stop.getVersion()), stop.getMovedTo(), stop.getDeleted()))
                .toList());
    }

    private static StoredStop toStore(Stop it) {
        return new StoredStop(RegisterMapping.toStore(it.version()), it.movedTo(), it.deleted());
    }
}
