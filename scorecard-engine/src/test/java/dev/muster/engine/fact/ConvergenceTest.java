package dev.muster.engine.fact;

import static dev.muster.engine.fact.Told.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.fact.FactState.Collection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/// Promise 2: any order, any repetition and any replay of the same changes give the same state.
///
/// Few times, ranks, deliveries, items and scopes, so that ties and collisions are the rule; bounds so small that
/// collections overflow all the time.
class ConvergenceTest {

    private static final FactCatalogue CATALOGUE = FactCatalogueTest.catalogue("""
            name: %s
            kind: collection
            doc: Things with a number
            fields:
              n: { type: int, doc: The number }
            """.formatted(Told.FACT));

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void anyOrderGivesTheSameState(
            @ForAll("changes") List<FactChange> changes,
            @ForAll @IntRange(min = 1, max = 5) int bound,
            @ForAll Random random) {
        var shuffled = new ArrayList<>(changes);
        Collections.shuffle(shuffled, random);

        assertSame(told(bound, shuffled), told(bound, changes));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void anyRepetitionGivesTheSameState(
            @ForAll("changes") List<FactChange> changes,
            @ForAll @IntRange(min = 1, max = 5) int bound,
            @ForAll Random random) {
        var repeated = new ArrayList<>(changes);
        for (var change : changes) {
            repeated.addAll(Collections.nCopies(random.nextInt(3), change));
        }
        Collections.shuffle(repeated, random);

        assertSame(told(bound, repeated), told(bound, changes));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aReplayOfAnyPartHandsBackTheVerySameState(
            @ForAll("changes") List<FactChange> changes, @ForAll @IntRange(min = 1, max = 5) int bound) {
        var state = told(bound, changes);

        for (var change : changes) {
            assertThat(Registers.apply(state, change, bound)).isSameAs(state);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void theOrderAmongItemsOfOneSourceTimeDoesNotMatterEither(
            @ForAll("tied") List<FactChange> changes,
            @ForAll @IntRange(min = 1, max = 4) int bound,
            @ForAll Random random) {
        var shuffled = new ArrayList<>(changes);
        Collections.shuffle(shuffled, random);

        assertSame(told(bound, shuffled), told(bound, changes));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void joiningPartsInAnyShapeIsTellingAllOfThem(
            @ForAll("changes") List<FactChange> one,
            @ForAll("changes") List<FactChange> two,
            @ForAll("changes") List<FactChange> three,
            @ForAll @IntRange(min = 1, max = 5) int bound) {
        var a = told(bound, one);
        var b = told(bound, two);
        var c = told(bound, three);
        var all = new ArrayList<>(one);
        all.addAll(two);
        all.addAll(three);

        var left = Registers.join(Registers.join(a, b, bound), c, bound);
        var right = Registers.join(a, Registers.join(b, c, bound), bound);

        assertThat(left).as("associative").isEqualTo(right);
        assertThat(Registers.join(b, a, bound)).as("commutative").isEqualTo(Registers.join(a, b, bound));
        assertThat(Registers.join(a, a, bound)).as("idempotent").isSameAs(a);
        assertThat(Registers.join(left, b, bound)).as("absorbs what it knows").isSameAs(left);
        assertSame(left, told(bound, all));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aReadingMadeOfTheOneBeforeSaysTheSame(
            @ForAll("changes") List<FactChange> one,
            @ForAll("changes") List<FactChange> other,
            @ForAll @IntRange(min = 1, max = 5) int bound) {
        var states = new FactState[2];
        FactReading last = null;
        for (var i = 0; i < one.size() + other.size(); i++) {
            var subject = i % 2;
            var changes = subject == 0 ? one : other;
            states[subject] = Registers.apply(states[subject], changes.get(i / 2 % changes.size()), bound);
            var told = Stream.of(0, 1)
                    .filter(each -> states[each] != null)
                    .map(each -> new SubjectFact("repo:" + each, states[each]))
                    .toList();

            var reading = CATALOGUE.read(Told.FACT, told, last);

            assertThat(reading).isEqualTo(CATALOGUE.read(Told.FACT, told));
            last = reading.orElse(last);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void noMoreItemsAreKeptThanTheBoundAndNoneBelowWhatWasDropped(
            @ForAll("changes") List<FactChange> changes, @ForAll @IntRange(min = 1, max = 5) int bound) {
        if (told(bound, changes) instanceof Collection state) {
            assertThat(state.items()).hasSizeLessThanOrEqualTo(bound);
            var dropped = state.dropped();
            if (dropped != null) {
                assertThat(state.items().values())
                        .allMatch(item -> item.version().isAtLeast(dropped));
            }
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void withoutOverflowABoundMakesNoDifference(
            @ForAll("changes") List<FactChange> changes, @ForAll @IntRange(min = 1, max = 5) int bound) {
        if (told(bound, changes) instanceof Collection bounded && told(1000, changes) instanceof Collection all) {
            if (bounded.dropped() == null) {
                assertThat(bounded).isEqualTo(all);
            } else if (!bounded.overflowed()) {
                assertThat(bounded.visible()).isEqualTo(all.visible());
            }
            assertThat(all.visible()).containsAllEntriesOf(bounded.visible());
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsVisibleIsWhatTheNewestNewsOfEachItemSaysUnlessANewerSnapshotLeftItOut(
            @ForAll("collectionChanges") List<FactChange> changes) {
        var state = (Collection) told(1000, changes);

        assertThat(state.visible().keySet()).isEqualTo(Model.visible(changes));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatIsRetoldInAnyOrderSaysTheSame(@ForAll("changes") List<FactChange> changes, @ForAll Random random) {
        var state = told(1000, changes);
        var retold = new ArrayList<>(Retold.of(Told.FACT, state));
        Collections.shuffle(retold, random);

        var again = told(1000, retold);

        assertThat(again.latest()).isEqualTo(state.latest());
        assertThat(again.invalidated()).isEqualTo(state.invalidated());
        if (state instanceof Collection before && again instanceof Collection after) {
            assertThat(after.items()).isEqualTo(before.items());
            assertThat(after.watermarks()).isEqualTo(before.watermarks());
        } else {
            assertThat(again).isEqualTo(state);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void versionsAreTotallyOrdered(
            @ForAll("versions") Version a, @ForAll("versions") Version b, @ForAll("versions") Version c) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
        if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
        }
    }

    @Provide
    Arbitrary<Version> versions() {
        return Combinators.combine(
                        Arbitraries.integers().between(-2, 5),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of("d1", "d2", "d3"))
                .as((time, rank, received, delivery) ->
                        new Version(NOON.plusSeconds(time), rank, NOON.plusMillis(received), delivery));
    }

    @Provide
    Arbitrary<List<FactChange>> changes() {
        return Arbitraries.frequencyOf(
                        Tuple.of(1, sets()),
                        Tuple.of(8, upserts(versions())),
                        Tuple.of(4, removes(versions())),
                        Tuple.of(3, snapshots(versions())),
                        Tuple.of(1, invalidations()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(14);
    }

    @Provide
    Arbitrary<List<FactChange>> collectionChanges() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, upserts(versions())),
                        Tuple.of(2, removes(versions())),
                        Tuple.of(2, snapshots(versions())))
                .list()
                .ofMinSize(1)
                .ofMaxSize(14);
    }

    @Provide
    Arbitrary<List<FactChange>> tied() {
        var one = Arbitraries.just(Told.at(0));
        return Arbitraries.oneOf(upserts(one), removes(one), snapshots(one))
                .list()
                .ofMinSize(2)
                .ofMaxSize(8);
    }

    private Arbitrary<FactChange> sets() {
        return Combinators.combine(versions(), values(), origins(), flags())
                .as((version, json, origin, clamped) -> new FactChange.Set(Told.FACT, json, version, origin, clamped));
    }

    private Arbitrary<FactChange> upserts(Arbitrary<Version> versions) {
        return Combinators.combine(versions, items(), scopes(), values(), origins(), flags())
                .as((version, item, scope, json, origin, clamped) ->
                        new FactChange.Upsert(Told.FACT, item, scope, json, version, origin, clamped));
    }

    private Arbitrary<FactChange> removes(Arbitrary<Version> versions) {
        return Combinators.combine(versions, items(), scopes(), origins(), flags())
                .as((version, item, scope, origin, clamped) ->
                        new FactChange.Remove(Told.FACT, item, scope, version, origin, clamped));
    }

    private Arbitrary<FactChange> snapshots(Arbitrary<Version> versions) {
        return Combinators.combine(
                        versions, scopes(), Arbitraries.maps(items(), values()).ofMaxSize(4), origins(), flags())
                .as((version, scope, items, origin, clamped) ->
                        new FactChange.Snapshot(Told.FACT, scope, items, version, origin, clamped));
    }

    private Arbitrary<FactChange> invalidations() {
        return Combinators.combine(versions(), origins(), flags())
                .as((version, origin, clamped) -> new FactChange.Invalidate(Told.FACT, version, origin, clamped));
    }

    private static Arbitrary<Origin> origins() {
        return Combinators.combine(
                        Arbitraries.of("d1", "d2"), Arbitraries.of("ann", "bob").injectNull(0.3), flags())
                .as((delivery, actor, backfill) -> new Origin("github", "main", delivery, actor, null, backfill));
    }

    private static Arbitrary<Boolean> flags() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<String> items() {
        return Arbitraries.of("a", "b", "c", "d", "e", "f", "g");
    }

    private static Arbitrary<String> scopes() {
        return Arbitraries.of("", "main", "next");
    }

    private static Arbitrary<String> values() {
        return Arbitraries.of("{}", "{\"n\":1}", "{\"n\":2}");
    }

    private static FactState told(int bound, List<FactChange> changes) {
        @Nullable FactState state = null;
        for (var change : changes) {
            state = Registers.apply(state, change, bound);
        }
        return state;
    }

    private static void assertSame(FactState actual, FactState expected) {
        assertThat(actual).isEqualTo(expected);
        if (actual instanceof Collection one && expected instanceof Collection other) {
            assertThat(one.visible()).isEqualTo(other.visible());
            assertThat(one.overflowed()).isEqualTo(other.overflowed());
        }
    }

    /// The same rule written another way: over all news at once.
    private static final class Model {

        private record News(String item, FactState.Item told) {}

        static Set<String> visible(List<FactChange> changes) {
            var news = changes.stream().flatMap(change -> news(change).stream()).toList();
            var visible = new HashSet<String>();
            for (var one : news) {
                var newest = news.stream()
                        .filter(other -> other.item().equals(one.item()))
                        .map(News::told)
                        .max(FactState.Item.ORDER)
                        .orElseThrow();
                var leftOut = changes.stream()
                        .anyMatch(change -> change instanceof FactChange.Snapshot snapshot
                                && (snapshot.scope().isEmpty()
                                        || snapshot.scope().equals(newest.scope()))
                                && snapshot.version().compareTo(newest.version()) > 0);
                if (newest.json() != null && !leftOut) {
                    visible.add(one.item());
                }
            }
            return visible;
        }

        private static List<News> news(FactChange change) {
            return switch (change) {
                case FactChange.Upsert(var _, var item, var scope, var json, var version, var origin, var clamped) ->
                    List.of(new News(item, new FactState.Item(json, scope, version, origin, clamped)));
                case FactChange.Remove(var _, var item, var scope, var version, var origin, var clamped) ->
                    List.of(new News(item, new FactState.Item(null, scope, version, origin, clamped)));
                case FactChange.Snapshot(var _, var scope, var items, var version, var origin, var clamped) ->
                    items.entrySet().stream()
                            .map((Map.Entry<String, String> item) -> new News(
                                    item.getKey(),
                                    new FactState.Item(item.getValue(), scope, version, origin, clamped)))
                            .toList();
                case FactChange.Set _, FactChange.Invalidate _ -> List.of();
            };
        }
    }
}
