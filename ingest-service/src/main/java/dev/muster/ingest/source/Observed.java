package dev.muster.ingest.source;

import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects changes by subject and origin, and cuts what would be too large for one record.
final class Observed {

    /// Characters of values in one record; its topic takes 1 MB.
    private static final int MAX_CHARACTERS = 256 * 1024;

    private final Instant receivedAt;
    private final Map<Head, List<FactChange>> changes = new LinkedHashMap<>();

    Observed(Instant receivedAt) {
        this.receivedAt = receivedAt;
    }

    void add(String subject, Origin origin, FactChange change) {
        changes.computeIfAbsent(new Head(subject, origin), _ -> new ArrayList<>())
                .add(change);
    }

    List<FactsObserved> facts() {
        var facts = new ArrayList<FactsObserved>();
        changes.forEach((head, all) -> {
            var part = new ArrayList<FactChange>();
            var size = 0;
            for (var change : all) {
                if (!part.isEmpty() && size + size(change) > MAX_CHARACTERS) {
                    facts.add(new FactsObserved(head.subject(), List.copyOf(part), head.origin(), receivedAt, null));
                    part.clear();
                    size = 0;
                }
                part.add(change);
                size += size(change);
            }
            facts.add(new FactsObserved(head.subject(), List.copyOf(part), head.origin(), receivedAt, null));
        });
        return List.copyOf(facts);
    }

    private static int size(FactChange change) {
        var size = 300 + (change.getValue() == null ? 0 : change.getValue().length());
        for (var item : change.getItems().entrySet()) {
            size += item.getKey().length() + item.getValue().length();
        }
        return size;
    }

    private record Head(String subject, Origin origin) {}
}
