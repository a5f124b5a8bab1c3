package dev.muster.engine.fact;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the items of an earlier reading again, while those of a new one are gone through in the same order:
/// by subject, and then as the register orders them.
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

    /// What was made of the very same item; null when there is nothing of it.
    FactReading.@Nullable Item find(String subject, String id, FactState.Item item) {
        while (next != null && !isOf(next, subject, id) && isBefore(next, subject, id)) {
            advance();
        }
        return next != null && Registers.same(next.told(), item) && isOf(next, subject, id) ? next : null;
    }

    private void advance() {
        next = rest.hasNext() ? rest.next() : null;
    }

    private static boolean isOf(FactReading.Item item, String subject, String id) {
        return item.id().equals(id) && item.subject().equals(subject);
    }

    private static boolean isBefore(FactReading.Item item, String subject, String id) {
        var bySubject = item.subject().compareTo(subject);
        return bySubject < 0 || (bySubject == 0 && item.id().compareTo(id) < 0);
    }
}
