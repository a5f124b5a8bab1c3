package dev.muster.evaluator.mapping;

import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.FactState.Collection;
import dev.muster.engine.fact.FactState.Item;
import dev.muster.engine.fact.FactState.Scalar;
import dev.muster.engine.fact.Origin;
import dev.muster.engine.fact.Version;
import dev.muster.evaluator.state.CollectionRegister;
import dev.muster.evaluator.state.Register;
import dev.muster.evaluator.state.ScalarRegister;
import dev.muster.evaluator.state.ScopeVersion;
import dev.muster.evaluator.state.StoredItem;
import dev.muster.evaluator.state.StoredOrigin;
import dev.muster.evaluator.state.StoredVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Registers of facts, as stores keep them. Both ways lose nothing.
public final class RegisterMapping {

    private RegisterMapping() {}

    public static Register toStore(FactState state) {
        return new Register(
                switch (state) {
                    case Scalar it ->
                        new ScalarRegister(
                                it.json(),
                                version(it.version()),
                                origin(it.origin()),
                                it.clamped(),
                                version(it.invalidated()));
                    case Collection it -> collection(it, items(it.items()));
                });
    }

    /// The state as it is kept apart from its items.
    public static Register withoutItems(FactState state) {
        return state instanceof Collection it ? new Register(collection(it, List.of())) : toStore(state);
    }

    private static CollectionRegister collection(Collection it, List<StoredItem> items) {
        return new CollectionRegister(
                items,
                versions(it.watermarks()),
                List.copyOf(it.scopes()),
                version(it.dropped()),
                version(it.latest()),
                origin(it.latestOrigin()),
                version(it.invalidated()));
    }

    public static boolean isCollection(Register register) {
        return register.getState() instanceof CollectionRegister;
    }

    public static FactState toEngine(Register register) {
        return toEngine(
                register,
                register.getState() instanceof CollectionRegister it ? items(it.getItems()) : new TreeMap<>());
    }

    /// The state with these items, which were kept apart from it and may be newer.
    public static FactState toEngine(Register register, SortedMap<String, Item> items) {
        return switch (register.getState()) {
            case ScalarRegister it ->
                new Scalar(
                        it.getJson(),
                        version(it.getVersion()),
                        origin(it.getOrigin()),
                        it.getClamped(),
                        version(it.getInvalidated()));
            case CollectionRegister it ->
                Collection.restored(
                        items,
                        versions(it.getWatermarks()),
                        new TreeSet<>(it.getScopes()),
                        version(it.getDropped()),
                        version(it.getLatest()),
                        origin(it.getLatestOrigin()),
                        version(it.getInvalidated()));
            default ->
                throw new IllegalStateException(
                        "no register is a " + register.getState().getClass());
        };
    }

    /// Bytes that a state takes up, roughly and never less than its values.
    public static long size(FactState state) {
        return switch (state) {
            case Scalar it -> 300L + length(it.json());
            case Collection it -> {
                var sum = 300L;
                for (var item : it.items().entrySet()) {
                    sum += 300L
                            + item.getKey().length()
                            + length(item.getValue().json());
                }
                yield sum;
            }
        };
    }

    /// How many items a state has; tombstones count.
    public static int items(FactState state) {
        return state instanceof Collection it ? it.items().size() : 0;
    }

    private static long length(@Nullable String json) {
        return json == null ? 0 : json.length();
    }

    private static List<StoredItem> items(SortedMap<String, Item> items) {
        var stored = new ArrayList<StoredItem>(items.size());
        items.forEach((id, item) -> stored.add(toStore(id, item)));
        return stored;
    }

    public static StoredItem toStore(String id, Item it) {
        return new StoredItem(id, it.json(), it.scope(), stored(it.version()), stored(it.origin()), it.clamped());
    }

    public static Item toEngine(StoredItem it) {
        return new Item(it.getJson(), it.getScope(), engine(it.getVersion()), engine(it.getOrigin()), it.getClamped());
    }

    private static SortedMap<String, Item> items(List<StoredItem> stored) {
        var items = new TreeMap<String, Item>();
        for (var item : stored) {
            items.put(item.getId(), toEngine(item));
        }
        return items;
    }

    private static List<ScopeVersion> versions(SortedMap<String, Version> versions) {
        var stored = new ArrayList<ScopeVersion>(versions.size());
        versions.forEach((scope, version) -> stored.add(new ScopeVersion(scope, stored(version))));
        return stored;
    }

    private static SortedMap<String, Version> versions(List<ScopeVersion> stored) {
        var versions = new TreeMap<String, Version>();
        stored.forEach(each -> versions.put(each.getScope(), engine(each.getVersion())));
        return versions;
    }

    public static StoredVersion toStore(Version it) {
        return stored(it);
    }

    public static Version toEngine(StoredVersion it) {
        return engine(it);
    }

    static StoredVersion stored(Version it) {
        return new StoredVersion(it.sourceTime(), it.rank(), it.receivedAt(), it.deliveryId(), it.revision());
    }

    static Version engine(StoredVersion it) {
        return new Version(it.getSourceTime(), it.getRank(), it.getReceivedAt(), it.getDeliveryId(), it.getRevision());
    }

    static StoredOrigin stored(Origin it) {
        return new StoredOrigin(it.source(), it.connection(), it.deliveryId(), it.actor(), it.url(), it.backfill());
    }

    static Origin engine(StoredOrigin it) {
        return new Origin(
                it.getSource(), it.getConnection(), it.getDeliveryId(), it.getActor(), it.getUrl(), it.getBackfill());
    }

    private static @Nullable StoredVersion version(@Nullable Version it) {
        return it == null ? null : stored(it);
    }

    private static @Nullable Version version(@Nullable StoredVersion it) {
        return it == null ? null : engine(it);
    }

    private static @Nullable StoredOrigin origin(@Nullable Origin it) {
        return it == null ? null : stored(it);
    }

    private static @Nullable Origin origin(@Nullable StoredOrigin it) {
        return it == null ? null : engine(it);
    }
}
