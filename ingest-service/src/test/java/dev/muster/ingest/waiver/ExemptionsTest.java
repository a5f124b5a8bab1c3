package dev.muster.ingest.waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.library.Framework;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.Step;
import dev.muster.schemas.v1.StepKind;
import dev.muster.service.Caller;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import dev.muster.service.Role;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExemptionsTest {

    /// Avro makes records only of classes that the topics vouch for.
    @BeforeAll
    static void vouch() {
        assertThat(new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://waivers"))).all())
                .isNotEmpty();
    }

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Caller OWNER = new Caller("mona", Set.of(Role.EDITOR), Set.of("group:default/a"), Set.of());
    private static final Caller APPROVER =
            new Caller("octavia", Set.of(Role.EDITOR), Set.of(), Set.of(Exemptions.DUTY));

    private static Exemption requested() {
        return Exemption.newBuilder()
                .setId("e-1")
                .setEntity("component:default/payments")
                .setRule("few-findings")
                .setScorecard("governed")
                .setFinding("CVE-2026-1")
                .setReason("because of that")
                .setExpiresAt(NOW.plusSeconds(60))
                .setSteps(Steps.first(StepKind.REQUESTED, OWNER, NOW, Optional.empty()))
                .build();
    }

    private static Exemption after(Exemption exemption, StepKind kind, Instant now) {
        return Exemptions.after(exemption, kind, APPROVER, now, Optional.empty());
    }

    @Test
    void areNotApprovedWhenTheirEndHasPassed() {
        assertThat(after(requested(), StepKind.APPROVED, NOW.plusMillis(59_999)).getSteps())
                .hasSize(2);

        assertThatThrownBy(() -> after(requested(), StepKind.APPROVED, NOW.plusSeconds(60)))
                .isInstanceOfSatisfying(ProblemException.class, it -> {
                    assertThat(it.problem().type()).isEqualTo(ProblemType.CONFLICT);
                    assertThat(it.problem().detail())
                            .isEqualTo(
                                    "The exemption has ended at 2026-06-01T12:01:00Z; deny it, or ask for a new one");
                });
        assertThat(after(requested(), StepKind.DENIED, NOW.plusSeconds(60)).getSteps())
                .as("who denies late does no harm")
                .hasSize(2);
    }

    @Test
    void goOnInOrderWhateverTheClocksOfInstancesSay() {
        var approved = after(requested(), StepKind.APPROVED, NOW.minusSeconds(5));
        var revoked = after(approved, StepKind.REVOKED, NOW.plusNanos(1_999_999));

        assertThat(revoked.getSteps()).extracting(Step::getAt).containsExactly(NOW, NOW, NOW.plusMillis(1));
    }

    @Test
    void areToldSoThatALaterStepWins() {
        var facts = Framework.fromClassPath().facts();
        var approved = after(requested(), StepKind.APPROVED, NOW);

        var first = Told.of(requested(), facts).getChanges().getFirst();
        var second = Told.of(approved, facts).getChanges().getFirst();

        assertThat(second.getSourceTime()).isEqualTo(first.getSourceTime());
        assertThat(second.getRank()).isGreaterThan(first.getRank());
    }

    @Test
    void areToldAsTheFactCatalogueSays() {
        var facts = Framework.fromClassPath().facts();
        var approved = Told.of(after(requested(), StepKind.APPROVED, NOW), facts);
        var change = approved.getChanges().getFirst();

        assertThat(approved.getSubject()).isEqualTo("entity:component:default/payments");
        assertThat(facts.mistakeIn(change.getFact(), change.getItem(), String.valueOf(change.getValue())))
                .isEmpty();
        assertThat(change.getValue()).isEqualTo("""
                {"approvedBy":"octavia","expires":"2026-06-01T12:01:00Z","finding":"CVE-2026-1",\
                "reason":"because of that","rule":"governed/few-findings","state":"approved"}""");
        assertThat(attested(facts, "seen on paper"))
                .satisfies(it -> assertThat(facts.mistakeIn(it.getFact(), it.getItem(), String.valueOf(it.getValue())))
                        .isEmpty());
    }

    private static FactChange attested(FactCatalogue facts, String evidence) {
        return Told.of(
                        Attestation.newBuilder()
                                .setId("a-1")
                                .setEntity("component:default/payments")
                                .setRule("few-findings")
                                .setEvidence(evidence)
                                .setExpiresAt(NOW.plusSeconds(60))
                                .setSteps(Steps.first(StepKind.ATTESTED, OWNER, NOW, Optional.empty()))
                                .build(),
                        facts)
                .getChanges()
                .getFirst();
    }
}
