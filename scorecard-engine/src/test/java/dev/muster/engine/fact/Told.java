package dev.muster.engine.fact;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Short ways to say what a source told.
final class Told {

    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    static final String FACT = "findings";
    static final int BOUND = 100;

    private Told() {}

    /// A version at `second` seconds past noon.
    static Version at(int second) {
        return at(second, "d" + second);
    }

    static Version at(int second, String delivery) {
        return new Version(NOON.plusSeconds(second), 0, NOON.plusSeconds(second), delivery);
    }

    static Origin origin(Version version) {
        return new Origin("github", "main", version.deliveryId(), null, null, false);
    }

    static FactChange set(String json, Version version) {
        return new FactChange.Set(FACT, json, version, origin(version), false);
    }

    static FactChange upsert(String item, String scope, String json, Version version) {
        return new FactChange.Upsert(FACT, item, scope, json, version, origin(version), false);
    }

    static FactChange remove(String item, String scope, Version version) {
        return new FactChange.Remove(FACT, item, scope, version, origin(version), false);
    }

    static FactChange snapshot(String scope, Map<String, String> items, Version version) {
        return new FactChange.Snapshot(FACT, scope, items, version, origin(version), false);
    }

    static FactChange invalidate(Version version) {
        return new FactChange.Invalidate(FACT, version, origin(version), false);
    }

    static @Nullable FactState state(FactChange... changes) {
        return state(BOUND, changes);
    }

    static @Nullable FactState state(int bound, FactChange... changes) {
        FactState state = null;
        for (var change : changes) {
            state = Registers.apply(state, change, bound);
        }
        return state;
    }

    static FactState.Collection collection(FactChange... changes) {
        return (FactState.Collection) state(changes);
    }

    static FactState.Collection collection(int bound, FactChange... changes) {
        return (FactState.Collection) state(bound, changes);
    }
}
