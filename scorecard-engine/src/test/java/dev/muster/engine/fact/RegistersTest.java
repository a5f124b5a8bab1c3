package dev.muster.engine.fact;

import static dev.muster.engine.fact.Told.at;
import static dev.muster.engine.fact.Told.collection;
import static dev.muster.engine.fact.Told.invalidate;
import static dev.muster.engine.fact.Told.remove;
import static dev.muster.engine.fact.Told.set;
import static dev.muster.engine.fact.Told.snapshot;
import static dev.muster.engine.fact.Told.state;
import static dev.muster.engine.fact.Told.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.fact.FactState.Scalar;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RegistersTest {

    @Test
    void theLaterSourceTimeWinsWhateverArrivesLast() {
        assertThat(state(set("2", at(2)), set("1", at(1)))).isInstanceOfSatisfying(Scalar.class, scalar -> {
            assertThat(scalar.json()).isEqualTo("2");
            assertThat(scalar.observedAt()).isEqualTo(Told.NOON.plusSeconds(2));
        });
    }

    @Test
    void atOneSourceTimeTheHigherRankWins() {
        var completed = new Version(Told.NOON, 2, Told.NOON, "d1");
        var queued = new Version(Told.NOON, 0, Told.NOON.plusSeconds(5), "d2");

        assertThat(state(set("\"completed\"", completed), set("\"queued\"", queued)))
                .extracting(state -> ((Scalar) state).json())
                .isEqualTo("\"completed\"");
    }

    private static Version read(int second, long revision) {
        return new Version(Told.NOON.plusSeconds(second), 0, Told.NOON, "d" + second, revision);
    }

    @Test
    void whatADeliverySaysWhenItIsReadAgainTakesThePlaceOfWhatItSaidBefore() {
        var spoiled = set("\"wrong\"", read(1, 0));
        var corrected = set("\"right\"", read(1, 1_700_000_000_000L));
        var later = set("\"later\"", read(2, 0));

        assertThat(state(spoiled, corrected))
                .extracting(it -> ((Scalar) it).json())
                .isEqualTo("\"right\"");
        assertThat(state(corrected, spoiled))
                .extracting(it -> ((Scalar) it).json())
                .isEqualTo("\"right\"");
        assertThat(state(later, spoiled, corrected))
                .extracting(it -> ((Scalar) it).json())
                .isEqualTo("\"later\"");
    }

    @Test
    void anItemThatASnapshotToldWronglyIsGoneWhenItIsReadAgainWithoutIt() {
        var state = collection(
                snapshot("", Map.of("wrong", "{}", "both", "{}"), read(1, 0)),
                snapshot("", Map.of("both", "{}"), read(1, 5)));

        assertThat(state.visible()).containsOnlyKeys("both");
    }

    @Test
    void theSameChangeAgainHandsBackTheSameInstance() {
        var change = upsert("a", "", "{}", at(1));
        var once = state(change);

        assertThat(Registers.apply(once, change, Told.BOUND)).isSameAs(once);
    }

    @Test
    void newsOfTheSameValueIsNewEvidence() {
        var once = state(set("1", at(1)));

        assertThat(Registers.apply(once, set("1", at(2)), Told.BOUND)).isNotEqualTo(once);
    }

    @Test
    void aRemovedItemStaysAwayWhenOlderNewsComesLate() {
        var state = collection(remove("a", "", at(2)), upsert("a", "", "{}", at(1)));

        assertThat(state.visible()).isEmpty();
        assertThat(state.items()).containsOnlyKeys("a");
        assertThat(state.reported()).isTrue();
    }

    @Test
    void aRemovedItemComesBackWithNewerNews() {
        assertThat(collection(remove("a", "", at(2)), upsert("a", "", "{}", at(3)))
                        .visible())
                .containsOnlyKeys("a");
    }

    @Test
    void aRemovalWinsOverNewsOfTheSameVersion() {
        assertThat(collection(remove("a", "", at(1)), upsert("a", "", "{}", at(1)))
                        .visible())
                .isEmpty();
        assertThat(collection(upsert("a", "", "{}", at(1)), remove("a", "", at(1)))
                        .visible())
                .isEmpty();
    }

    @Test
    void aSnapshotResolvesWhatItLeavesOutWithinItsScope() {
        var state = collection(
                upsert("a", "main", "{}", at(1)),
                upsert("b", "main", "{}", at(1)),
                upsert("c", "next", "{}", at(1)),
                snapshot("main", Map.of("b", "{\"n\":2}"), at(2)));

        assertThat(state.visible()).containsOnlyKeys("b", "c");
        assertThat(state.visible().get("b").json()).isEqualTo("{\"n\":2}");
    }

    @Test
    void anItemNewerThanTheSnapshotStays() {
        assertThat(collection(upsert("a", "main", "{}", at(3)), snapshot("main", Map.of(), at(2)))
                        .visible())
                .containsOnlyKeys("a");
    }

    @Test
    void anItemOlderThanTheSnapshotStaysAwayWhenItComesLate() {
        var state = collection(snapshot("main", Map.of(), at(2)), upsert("a", "main", "{}", at(1)));

        assertThat(state.visible()).isEmpty();
    }

    @Test
    void aSnapshotOfTheWholeCollectionCoversEveryScope() {
        assertThat(collection(upsert("a", "main", "{}", at(1)), snapshot("", Map.of(), at(2)))
                        .visible())
                .isEmpty();
    }

    @Test
    void anEmptySnapshotIsAReportOfNothing() {
        var state = collection(snapshot("", Map.of(), at(1)));

        assertThat(state.reported()).isTrue();
        assertThat(state.visible()).isEmpty();
        assertThat(state.observedAt()).isEqualTo(Told.NOON.plusSeconds(1));
    }

    @Test
    void anInvalidationKeepsTheValueAndItsAge() {
        var state = state(set("1", at(1)), invalidate(at(2)));

        assertThat(state).isInstanceOfSatisfying(Scalar.class, scalar -> {
            assertThat(scalar.json()).isEqualTo("1");
            assertThat(scalar.observedAt()).isEqualTo(Told.NOON.plusSeconds(1));
            assertThat(scalar.needsReading()).isTrue();
        });
    }

    @Test
    void aValueNewerThanTheInvalidationNeedsNoReading() {
        assertThat(state(invalidate(at(2)), set("1", at(3))).needsReading()).isFalse();
        assertThat(state(invalidate(at(2)), upsert("a", "", "{}", at(3))).needsReading())
                .isFalse();
    }

    @Test
    void anInvalidationAloneIsNoReport() {
        var state = state(invalidate(at(1)));

        assertThat(state.reported()).isFalse();
        assertThat(state.observedAt()).isNull();
        assertThat(state.needsReading()).isTrue();
    }

    @Test
    void aCollectionIsNotOverwrittenByAScalar() {
        var collection = state(upsert("a", "", "{}", at(1)));

        assertThat(Registers.apply(collection, set("1", at(9)), Told.BOUND)).isSameAs(collection);
        assertThat(state(set("1", at(9)), upsert("a", "", "{}", at(1)))).isEqualTo(collection);
    }

    @Test
    void ofTooManyItemsTheNewestStay() {
        var state =
                collection(2, upsert("a", "", "{}", at(1)), upsert("b", "", "{}", at(2)), upsert("c", "", "{}", at(3)));

        assertThat(state.visible()).containsOnlyKeys("b", "c");
        assertThat(state.dropped()).isEqualTo(at(1));
        assertThat(state.overflowed()).isTrue();
    }

    @Test
    void overflowEndsWithASnapshotThatFits() {
        var state = collection(
                2,
                upsert("a", "main", "{}", at(1)),
                upsert("b", "main", "{}", at(2)),
                upsert("c", "main", "{}", at(3)),
                snapshot("main", Map.of("a", "{}"), at(4)));

        assertThat(state.visible()).containsOnlyKeys("a");
        assertThat(state.overflowed()).isFalse();
    }

    @Test
    void aSnapshotOfAnotherScopeDoesNotEndTheOverflow() {
        var state = collection(
                2,
                upsert("a", "main", "{}", at(1)),
                upsert("b", "next", "{}", at(2)),
                upsert("c", "next", "{}", at(3)),
                snapshot("next", Map.of(), at(4)));

        assertThat(state.overflowed()).isTrue();
    }

    @Test
    void aSnapshotLargerThanTheBoundIsCutAlikeWhereverItArrives() {
        var big = snapshot("", Map.of("a", "{}", "b", "{}", "c", "{}"), at(2));

        assertThat(state(2, big)).isEqualTo(state(2, upsert("z", "", "{}", at(1)), big));
        assertThat(collection(2, big).overflowed()).isTrue();
        assertThat(collection(2, invalidate(at(1)), big).visible()).hasSize(2);
    }

    @Test
    void whatWasDroppedDoesNotComeBackWhenTheBoundIsRaised() {
        var small = collection(2, remove("a", "", at(2)), upsert("b", "", "{}", at(3)), upsert("c", "", "{}", at(4)));

        var raised = Registers.apply(small, upsert("a", "", "{}", at(1)), 10);

        assertThat(raised).isSameAs(small);
    }

    @Test
    void aBoundBelowOneIsRefused() {
        assertThatThrownBy(() -> state(0, upsert("a", "", "{}", at(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bound is 0");
    }

    @Test
    void aStateThatWasReadBackFromAStoreGoesOnAsBefore() {
        var kept = collection(
                3, upsert("a", "", "{}", at(1)), snapshot("main", Map.of("b", "{}"), at(2)), remove("c", "", at(3)));
        var readBack = new FactState.Collection(
                new TreeMap<>(kept.items()),
                new TreeMap<>(kept.watermarks()),
                new TreeSet<>(kept.scopes()),
                kept.dropped(),
                kept.latest(),
                kept.latestOrigin(),
                kept.invalidated());
        var next = snapshot("next", Map.of("a", "{}", "d", "{}"), at(4));

        assertThat(readBack).isEqualTo(kept).hasSameHashCodeAs(kept);
        assertThat(Registers.apply(readBack, next, 3)).isEqualTo(Registers.apply(kept, next, 3));
    }

    @Test
    void theStateDoesNotFollowTheMapsItWasMadeOf() {
        var items = new TreeMap<String, FactState.Item>();
        var state = new FactState.Collection(items, new TreeMap<>(), new TreeSet<>(), null, null, null, null);
        items.put("a", new FactState.Item("{}", "", at(1), Told.origin(at(1)), false));

        assertThat(state.items()).isEmpty();
    }

    @Test
    @Timeout(60)
    void manyItemsGoInOneByOneAndPastTheBoundWithoutCostingTheSquare() {
        FactState state = null;
        for (var i = 0; i < 6000; i++) {
            state = Registers.apply(state, upsert("item-" + i, "", "{}", at(i)), 5000);
        }
        var started = System.nanoTime();
        for (var i = 0; i < 2000; i++) {
            state = Registers.apply(state, upsert("item-" + (2000 + i), "", "{}", at(10_000 + i)), 5000);
        }
        var each = Duration.ofNanos((System.nanoTime() - started) / 2000);

        assertThat(((FactState.Collection) state).items()).hasSize(5000);
        assertThat(each).isLessThan(Duration.ofMillis(5));
    }
}
