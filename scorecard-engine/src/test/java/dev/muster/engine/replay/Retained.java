package dev.muster.engine.replay;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;

/// Counts what a replay keeps: the entries of every map and collection that its fields reach.
final class Retained {

    private Retained() {}

    static long by(Replay replay) {
        var sum = 0L;
        for (var field : Replay.class.getDeclaredFields()) {
            if (Map.class.isAssignableFrom(field.getType()) || Collection.class.isAssignableFrom(field.getType())) {
                sum += size(value(field, replay));
            }
        }
        return sum;
    }

    private static long size(Object it) {
        return switch (it) {
            case Map<?, ?> map ->
                map.size() + map.values().stream().mapToLong(Retained::size).sum();
            case Collection<?> all ->
                all.size() + all.stream().mapToLong(Retained::size).sum();
            case Known known -> fields(known);
            case dev.muster.engine.fact.FactState.Collection facts ->
                facts.items().size();
            case null, default -> 0;
        };
    }

    private static long fields(Known known) {
        var sum = 0L;
        for (var field : Known.class.getDeclaredFields()) {
            sum += size(value(field, known));
        }
        return sum;
    }

    private static Object value(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
