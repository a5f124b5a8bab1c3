package dev.muster.ingest.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.v1.DirectoryEntry;
import dev.muster.schemas.v1.DirectoryGroup;
import dev.muster.schemas.v1.FactsObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the directory decides, at times that the test holds.
class DirectoryTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant A_WEEK_LATER = NOON.plus(Duration.ofDays(8));

    private final Pushed pushed = new Pushed();
    private DirectoryEntry ada;
    private DirectoryEntry team;

    /// A group with one user, told at noon.
    @BeforeEach
    void push() {
        var directory = pushed.at(NOON);
        ada = directory.add(null, Pushed.user("ada", true));
        team = directory.add(null, new DirectoryGroup("team", List.of(ada.getId()), NOON));
        pushed.apply(directory);
    }

    @Test
    void aLaterDecisionIsLaterThoughTheClockOfItsInstanceIsBehind() {
        assertThat(pushed.activate(NOON.minusSeconds(60), ada, false))
                .extracting(FactsObserved::getReceivedAt)
                .containsExactly(NOON.plusMillis(1));
        assertThat(pushed.stored(Directory.CLOCK).getVersion()).isEqualTo(2);
    }

    @Test
    void aGroupThatIsGoneLeavesItsTimeBehind() {
        var removing = pushed.at(NOON.plusSeconds(1));
        removing.remove(team.getId());
        pushed.apply(removing);

        var again = pushed.at(NOON);
        again.add(null, new DirectoryGroup("team", List.of(), NOON));
        assertThat(pushed.apply(again).getFirst().getReceivedAt()).isAfter(NOON.plusSeconds(1));
    }

    @Test
    void whatAFirstPushTellsIsNoNewsButALossIs() {
        assertThat(pushed.members(NOON.plusSeconds(9), team))
                .extracting(DirectoryTest::backfill)
                .containsExactly(false);
        assertThat(pushed.members(NOON.plusSeconds(10), team, ada.getId()))
                .extracting(DirectoryTest::backfill)
                .containsExactly(true);
        assertThat(pushed.activate(NOON.plusSeconds(11), ada, false))
                .extracting(DirectoryTest::backfill)
                .containsExactly(false);
        assertThat(pushed.activate(NOON.plus(Duration.ofHours(1)), pushed.stored(ada.getId()), true))
                .as("later on everything is news")
                .extracting(DirectoryTest::backfill)
                .containsExactly(false);
    }

    private static boolean backfill(FactsObserved facts) {
        return facts.getOrigin().getBackfill();
    }

    @Test
    void whatStaysTheSameWritesAndTellsNothing() {
        var directory = pushed.at(NOON.plusSeconds(1));
        directory.replace(ada, DirectoryEntry.newBuilder().setUser(Pushed.user("ada", true)));
        var decision = directory.decision(Pushed.TOPIC, Pushed.FACTS, "done");

        assertThat(decision.writes()).isEmpty();
        assertThat(decision.also()).isEmpty();
    }

    @Test
    void groupsAreToldAgainWhileTheProviderIsHeard() {
        var later = NOON.plus(Duration.ofHours(13));
        assertThat(retold(later)).singleElement().satisfies(it -> {
            assertThat(it.getSubject()).isEqualTo("team:scim/team");
            assertThat(it.getReceivedAt()).isEqualTo(later);
            assertThat(it.getChanges())
                    .extracting(change -> change.getSourceTime())
                    .containsOnly(later);
            assertThat(it.getChanges().getLast().getValue()).contains("\"lastSync\":\"2026-06-02T01:00:00Z\"");
        });
        assertThat(pushed.stored(team.getId()).getVersion())
                .as("told, not changed")
                .isEqualTo(1);
        assertThat(retold(later.plusSeconds(1))).isEmpty();
        assertThat(pushed.stored(Directory.CLOCK).getClock().getHeardAt())
                .as("to tell again is no sign of the provider")
                .isEqualTo(NOON);
    }

    @Test
    void aProviderThatIsSilentForAWeekIsNotBelieved() {
        assertThat(retold(A_WEEK_LATER)).isEmpty();

        var asked = pushed.at(A_WEEK_LATER);
        assertThat(asked.isFirstHeard()).isTrue();
        pushed.apply(asked);
        assertThat(retold(A_WEEK_LATER.plusSeconds(1))).hasSize(1);
        assertThat(pushed.at(A_WEEK_LATER.plusSeconds(2)).isFirstHeard()).isFalse();
    }

    private List<FactsObserved> retold(Instant now) {
        return pushed.apply(pushed.at(now)
                .retold(
                        now.minus(Duration.ofHours(12)),
                        now.minus(Duration.ofDays(7)),
                        50,
                        Pushed.TOPIC,
                        Pushed.FACTS));
    }

    @Test
    void aNameThatAnotherGroupTakesInTheSameBreathHasItsMembers() {
        var directory = pushed.at(NOON.plusSeconds(1));
        directory.remove(team.getId());
        directory.add(null, new DirectoryGroup("Team", List.of(ada.getId()), NOON));

        assertThat(pushed.apply(directory))
                .singleElement()
                .satisfies(
                        it -> assertThat(it.getChanges().getFirst().getItems()).containsOnlyKeys("ada"));
    }
}
