package dev.muster.evaluator.mapping;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactChange.Invalidate;
import dev.muster.engine.fact.FactChange.Remove;
import dev.muster.engine.fact.FactChange.Set;
import dev.muster.engine.fact.FactChange.Snapshot;
import dev.muster.engine.fact.FactChange.Upsert;
import dev.muster.evaluator.state.StoredChange;
import dev.muster.evaluator.state.StoredChangeKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes to facts, from one stage to the next.
public final class ChangeMapping {

    private ChangeMapping() {}

    public static StoredChange toStore(FactChange change) {
        return switch (change) {
            case Set it -> stored(it, StoredChangeKind.SET, null, "", it.json(), Map.of());
            case Upsert it -> stored(it, StoredChangeKind.UPSERT, it.item(), it.scope(), it.json(), Map.of());
            case Remove it -> stored(it, StoredChangeKind.REMOVE, it.item(), it.scope(), null, Map.of());
            case Snapshot it -> stored(it, StoredChangeKind.SNAPSHOT, null, it.scope(), null, it.items());
            case Invalidate it -> stored(it, StoredChangeKind.INVALIDATE, null, "", null, Map.of());
        };
    }

    public static FactChange toEngine(StoredChange it) {
        var version = RegisterMapping.engine(it.getVersion());
        var origin = RegisterMapping.engine(it.getOrigin());
        var clamped = it.getClamped();
        return switch (it.getKind()) {
            case SET -> new Set(it.getFact(), it.getJson(), version, origin, clamped);
            case UPSERT ->
                new Upsert(it.getFact(), it.getItem(), it.getScope(), it.getJson(), version, origin, clamped);
            case REMOVE -> new Remove(it.getFact(), it.getItem(), it.getScope(), version, origin, clamped);
            case SNAPSHOT -> new Snapshot(it.getFact(), it.getScope(), it.getItems(), version, origin, clamped);
            case INVALIDATE -> new Invalidate(it.getFact(), version, origin, clamped);
        };
    }

    private static StoredChange stored(
            FactChange change,
            StoredChangeKind kind,
            @Nullable String item,
            String scope,
            @Nullable String json,
            Map<String, String> items) {
        return new StoredChange(
                change.fact(),
                kind,
                item,
                scope,
                json,
                items,
                RegisterMapping.stored(change.version()),
                RegisterMapping.stored(change.origin()),
                change.clamped());
    }
}
