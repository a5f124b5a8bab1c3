package dev.muster.notifier.silence;

import dev.muster.notifier.transition.Examples;
import dev.muster.routing.Field;
import dev.muster.routing.Matchers;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Silences that tests share.
public final class SilenceExamples {

    private SilenceExamples() {}

    /// One that began at noon.
    static Silence of(String id, String field, String value, Instant end) {
        var matchers = new Matchers(Map.of(Field.of(field).orElseThrow(), List.of(value)));
        return new Silence(id, matchers, "planned work", "ann", Examples.NOON, Examples.NOON, end, null, null);
    }

    public static void create(Silences silences, String id, String field, String value, Instant end) {
        silences.create(of(id, field, value, end));
    }

    public static void end(Silences silences, String id, Instant now) {
        silences.end(silences.find(id).orElseThrow(), "bob", now);
    }
}
