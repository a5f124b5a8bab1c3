package dev.muster.engine.fact;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// All that is known of one fact of one subject: a last-writer-wins register, or a map of such registers with
/// watermarks.
///
/// Immutable. [Registers] says how changes go in; the states form a join semilattice, so their order does not matter.
/// What is kept here goes to the store as it is, tombstones included: they keep late news from bringing back what is
/// gone.
///
/// A state made by nothing but an invalidation is a [Scalar] without a version, whatever the kind of its fact.
public sealed interface FactState {

    /// Greatest version that told a value, null when none did.
    @Nullable
    Version latest();

    /// Origin of [#latest].
    @Nullable
    Origin latestOrigin();

    /// Greatest version at which the source said that something changed but not what.
    @Nullable
    Version invalidated();

    /// True when a value was told at least once, even if the value is that there are no items.
    default boolean reported() {
        return latest() != null;
    }

    /// When the newest value was told, by the time of its source; null when none ever was.
    default @Nullable Instant observedAt() {
        var latest = latest();
        return latest == null ? null : latest.sourceTime();
    }

    /// True when the source said that something changed after it last told a value.
    default boolean needsReading() {
        var invalidated = invalidated();
        var latest = latest();
        return invalidated != null && (latest == null || invalidated.compareTo(latest) > 0);
    }

    /// A single value.
    ///
    /// @param json the value, null together with version and origin when only an invalidation was told
    record Scalar(
            @Nullable String json,
            @Nullable Version version,
            @Nullable Origin origin,
            boolean clamped,
            @Nullable Version invalidated)
            implements FactState {

        public Scalar {
            if ((json == null) != (version == null) || (json == null) != (origin == null)) {
                throw new IllegalArgumentException("json, version and origin are given together or not at all");
            }
        }

        @Override
        public @Nullable Version latest() {
            return version;
        }

        @Override
        public @Nullable Origin latestOrigin() {
            return origin;
        }
    }

    /// Items by id.
    ///
    /// The number of items kept is bounded, tombstones and hidden ones among them; of more, those with the greatest
    /// versions stay.
    ///
    /// @param items every item kept, whether it counts or not; see [#visible]
    /// @param watermarks version of the newest snapshot of each scope
    /// @param scopes every scope that was ever told about
    /// @param dropped greatest version that did not fit into the bound, null while everything fits
    record Collection(
            SortedMap<String, Item> items,
            SortedMap<String, Version> watermarks,
            SortedSet<String> scopes,
            @Nullable Version dropped,
            @Nullable Version latest,
            @Nullable Origin latestOrigin,
            @Nullable Version invalidated)
            implements FactState {

        /// Nothing told yet.
        static final Collection EMPTY =
                new Collection(TreePMap.empty(), TreePMap.empty(), TreePSet.empty(), null, null, null, null);

        public Collection {
            items = persistent(items);
            watermarks = persistent(watermarks);
            scopes = scopes instanceof TreePSet<String> persistent ? persistent : TreePSet.from(scopes);
        }

        /// What was kept, when its items may be newer than what was kept with them as the latest.
        public static Collection restored(
                SortedMap<String, Item> items,
                SortedMap<String, Version> watermarks,
                SortedSet<String> scopes,
                @Nullable Version dropped,
                @Nullable Version latest,
                @Nullable Origin latestOrigin,
                @Nullable Version invalidated) {
            var version = latest;
            var origin = latestOrigin;
            for (var item : items.values()) {
                if (isLater(item.version(), item.origin(), version, origin)) {
                    version = item.version();
                    origin = item.origin();
                }
            }
            return new Collection(items, watermarks, scopes, dropped, version, origin, invalidated);
        }

        /// Whether one that told a value did so later than the other; of one version, by origin.
        static boolean isLater(
                @Nullable Version version,
                @Nullable Origin origin,
                @Nullable Version than,
                @Nullable Origin thanOrigin) {
            if (version == null || origin == null || than == null || thanOrigin == null) {
                return version != null && than == null;
            }
            var order = version.compareTo(than);
            return order > 0 || (order == 0 && Origin.ORDER.compare(origin, thanOrigin) > 0);
        }

        /// True when `item` counts: it is not a tombstone, and no newer snapshot of its scope left it out.
        public boolean shows(Item item) {
            return item.json() != null && !settled(item.scope(), item.version());
        }

        /// The items that count, by id.
        public Map<String, Item> visible() {
            var visible = new LinkedHashMap<String, Item>();
            items.forEach((id, item) -> {
                if (shows(item)) {
                    visible.put(id, item);
                }
            });
            return Collections.unmodifiableMap(visible);
        }

        /// True when an item that still counts may have been dropped, because there were more than the bound.
        ///
        /// A newer snapshot of every scope ends it. It errs on the side of true: which scope a dropped item
        /// belonged to is not kept, for that would depend on the order in which changes arrive.
        public boolean overflowed() {
            return dropped != null && scopes.stream().anyMatch(scope -> !settled(scope, dropped));
        }

        /// True when a snapshot newer than `version` told all of `scope`.
        private boolean settled(String scope, Version version) {
            return isAfter(watermarks.get(scope), version) || isAfter(watermarks.get(""), version);
        }

        private static boolean isAfter(@Nullable Version watermark, Version version) {
            return watermark != null && watermark.compareTo(version) > 0;
        }

        /// A map in the order of its keys is taken over in a time that grows with its size only.
        private static <V> TreePMap<String, V> persistent(SortedMap<String, V> map) {
            if (map instanceof TreePMap<String, V> persistent) {
                return persistent;
            }
            return map.comparator() == null ? TreePMap.fromSortedMap(map) : TreePMap.from(map);
        }
    }

    /// One item of a collection.
    ///
    /// @param json the value, null for a tombstone
    record Item(@Nullable String json, String scope, Version version, Origin origin, boolean clamped) {

        /// Which of two news about one item wins. Two of one version, which only one delivery can carry, are decided
        /// by their content, a removal first, so that every replay decides alike.
        static final Comparator<Item> ORDER = comparing(Item::version)
                .thenComparing(Item::json, nullsLast(naturalOrder()))
                .thenComparing(Item::scope)
                .thenComparing(Item::clamped)
                .thenComparing(Item::origin, Origin.ORDER);

        public Item {
            requireNonNull(scope, "scope");
            requireNonNull(version, "version");
            requireNonNull(origin, "origin");
        }
    }
}
