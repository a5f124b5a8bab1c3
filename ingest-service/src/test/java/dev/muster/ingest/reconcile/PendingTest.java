package dev.muster.ingest.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PendingTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final TopicPartition PARTITION = new TopicPartition("facts", 0);
    private static final TopicPartition OTHER = new TopicPartition("facts", 1);

    private final Pending pending = new Pending();

    private static Wanted wanted(String name, String fact, int second) {
        return new Wanted(
                Subject.repository("acme", name), Set.of(fact), NOON.plusSeconds(second), NOON.plusSeconds(second + 2));
    }

    @Test
    void gathersWhatIsNamedOfOneSubjectAndDoesNotPutItOff() {
        pending.add(PARTITION, 5, wanted("payments", "rulesets", 0));
        pending.add(PARTITION, 9, wanted("payments", "runbook", 1));

        assertThat(pending.due(NOON.plusSeconds(1))).isEmpty();
        assertThat(pending.due(NOON.plusSeconds(2)))
                .contains(new Wanted(
                        Subject.repository("acme", "payments"),
                        Set.of("rulesets", "runbook"),
                        NOON.plusSeconds(1),
                        NOON.plusSeconds(2)));
    }

    @Test
    void givesFirstWhatIsDueLongest() {
        pending.add(PARTITION, 1, wanted("later", "rulesets", 1));
        pending.add(PARTITION, 2, wanted("first", "rulesets", 0));

        assertThat(pending.due(NOON.plusSeconds(60)).orElseThrow().subject().name())
                .isEqualTo("first");
    }

    @Test
    void settlesNothingThatIsStillWanted() {
        pending.add(PARTITION, 5, wanted("payments", "rulesets", 0));
        pending.add(PARTITION, 7, wanted("payments", "rulesets", 1));
        pending.add(OTHER, 3, wanted("orders", "rulesets", 0));
        var positions = Map.of(PARTITION, 20L, OTHER, 30L);

        assertThat(pending.settled(positions)).isEqualTo(Map.of(PARTITION, 5L, OTHER, 3L));

        pending.done(wanted("payments", "rulesets", 0));
        assertThat(pending.settled(positions)).isEqualTo(Map.of(PARTITION, 20L, OTHER, 3L));
        assertThat(pending.size()).isEqualTo(1);
    }
}
