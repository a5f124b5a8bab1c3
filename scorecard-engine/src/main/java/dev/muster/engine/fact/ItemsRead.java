package dev.muster.engine.fact;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the items of an earlier reading again, while those of a new one are gone through in the same order: by
/// subject,
/// and then as the register orders them.
final class ItemsRead {

    private final Iterator<FactReading.Item> rest;
    private FactReading.@Nullable Item next;

    private ItemsRead(List<FactReading.Item> items) {
        this.rest = items.iterator();
        advance();
    }

    static ItemsRead at(@Nullable FactReading reading) {
        return new ItemsRead(reading == null ? List.of() : reading.items());
    }

    /// What was made of the very same item; empty when there is nothing of it.
    Optional<FactReading.Item> find(String subject, String id, FactState.Item item) {
        while (next != null && place(next, subject, id) < 0) {
            advance();
        }
        return next != null && Registers.same(next.told(), item) && place(next, subject, id) == 0
                ? Optional.of(next)
                : Optional.empty();
    }

    private void advance() {
        next = rest.hasNext() ? rest.next() : null;
    }

    private static int place(FactReading.Item item, String subject, String id) {
        var bySubject = item.subject().compareTo(subject);
        return bySubject == 0 ? item.id().compareTo(id) : bySubject;
    }
}
