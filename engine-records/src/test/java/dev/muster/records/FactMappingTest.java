package dev.muster.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactMappingTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void keepsTheOrderOfChangesAndLeavesOutWhatItDoesNotKnow() {
        var changes = FactMapping.toEngine(observed(
                change(FactChangeKind.SET).setValue("1").build(),
                change(FactChangeKind.UNKNOWN).build(),
                change(FactChangeKind.UPSERT).setItem("i").setValue("2").build(),
                change(FactChangeKind.INVALIDATE).build()));

        assertThat(changes)
                .extracting(it -> it.getClass().getSimpleName())
                .containsExactly("Set", "Upsert", "Invalidate");
        assertThat(changes).allSatisfy(it -> {
            assertThat(it.version().sourceTime()).isEqualTo(NOON);
            assertThat(it.version().receivedAt()).isEqualTo(NOON.plusSeconds(1));
            assertThat(it.origin().deliveryId()).isEqualTo("d-1");
        });
    }

    @Test
    void refusesAChangeThatLacksWhatItsKindNeeds() {
        assertThatThrownBy(() -> FactMapping.toEngine(
                        observed(change(FactChangeKind.UPSERT).setItem("i").build())))
                .isInstanceOfSatisfying(
                        UnusableRecordException.class,
                        it -> assertThat(it.reason()).isEqualTo(DeadLetterReason.INVALID))
                .hasMessage("a change of kind UPSERT to the fact coverage has no value");
    }

    @Test
    void refusesAnItemThatCannotBeAPartOfAKey() {
        assertThatThrownBy(() -> FactMapping.toEngine(
                        observed(change(FactChangeKind.REMOVE).setItem("a\0b").build())))
                .isInstanceOf(UnusableRecordException.class);
    }

    private static FactChange.Builder change(FactChangeKind kind) {
        return FactChange.newBuilder().setFact("coverage").setKind(kind).setSourceTime(NOON);
    }

    private static FactsObserved observed(FactChange... changes) {
        return FactsObserved.newBuilder()
                .setSubject("repo:a")
                .setReceivedAt(NOON.plusSeconds(1))
                .setOrigin(Origin.newBuilder()
                        .setSource("github")
                        .setConnection("main")
                        .setDeliveryId("d-1")
                        .build())
                .setChanges(List.of(changes))
                .build();
    }
}
