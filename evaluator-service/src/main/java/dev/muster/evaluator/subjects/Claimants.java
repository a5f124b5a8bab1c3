package dev.muster.evaluator.subjects;

import static java.util.Objects.requireNonNull;

import dev.muster.evaluator.mapping.Decoded;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.state.ClaimChange;
import dev.muster.evaluator.state.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/// Who claims the subjects of one partition: by their names, or by names whose places they took. An entity may do both,
/// and claims a subject for as long as it has one way to it.
///
/// The key of a claim is the subject, the entity and, where it claims by another name, that name.
final class Claimants {

    private static final StringSerializer PREFIXES = new StringSerializer();

    private final KeyValueStore<String, Declaration> store;
    private final Decoded<List<String>> lately = new Decoded<>(List::size);

    Claimants(KeyValueStore<String, Declaration> store) {
        this.store = store;
    }

    /// Entities that claim a subject.
    List<String> of(String subject) {
        return requireNonNull(lately.get(subject, it -> List.copyOf(causes(it).keySet())));
    }

    /// The same, each with the declaration that made it claim the subject.
    Map<String, Declaration> causes(String subject) {
        var causes = new LinkedHashMap<String, Declaration>();
        try (var all = store.prefixScan(Keys.prefix(subject), PREFIXES)) {
            all.forEachRemaining(it -> causes.putIfAbsent(Keys.part(it.key, 1), it.value));
        }
        return causes;
    }

    /// Notes a way to claim a subject.
    ///
    /// @return true when it is the first one of the entity
    boolean gain(String subject, ClaimChange change) {
        var first = !of(subject).contains(change.getEntity());
        store.put(key(subject, change), change.getCause());
        if (first) {
            var all = new ArrayList<>(of(subject));
            all.add(change.getEntity());
            all.sort(Keys::compare);
            lately.put(subject, List.copyOf(all));
        }
        return first;
    }

    /// Forgets a way to claim a subject.
    ///
    /// @return true when it was the last one of the entity
    boolean lose(String subject, ClaimChange change) {
        store.delete(key(subject, change));
        lately.remove(subject);
        return !of(subject).contains(change.getEntity());
    }

    private static String key(String subject, ClaimChange change) {
        var key = Keys.of(subject, change.getEntity());
        return change.getVia().isEmpty() ? key : Keys.in(key, change.getVia());
    }
}
