package dev.muster.notifier.pipeline;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;
import static dev.muster.notifier.transition.Examples.VULNERABILITIES;
import static dev.muster.notifier.transition.Examples.regressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.Notifications.Told;
import dev.muster.schemas.v1.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnheardTest {

    private static final Destination MAIL = Destination.email(TEAM, "team@acme.example");
    private static final Destination SLACK = Destination.slack("payments-alerts");
    private static final Told FIRST = told(2, false, false);
    private static final Told FURTHER = told(3, true, false);
    private static final Told OTHER = told(4, true, false);
    private static final Told ESCALATED = told(5, true, true);

    @Test
    void leavesOutWhoHeardAllOfIt() {
        assertThat(Unheard.of(List.of(FURTHER), List.of(MAIL, SLACK), heard(FURTHER, MAIL)))
                .isEqualTo(new Unheard(List.of(FURTHER), List.of(SLACK)));
    }

    @Test
    void leavesOutWhatEverybodyHeard() {
        assertThat(Unheard.of(List.of(FURTHER, OTHER), List.of(MAIL), heard(FURTHER, MAIL)))
                .isEqualTo(new Unheard(List.of(OTHER), List.of(MAIL)));
        assertThat(Unheard.of(List.of(FURTHER), List.of(MAIL), heard(FURTHER, MAIL)))
                .isEqualTo(new Unheard(List.of(), List.of()));
    }

    @Test
    void keepsWhatThisNotificationTellsFirstAndWhatTellsTheParentTeam() {
        for (var it : List.of(FIRST, ESCALATED)) {
            assertThat(Unheard.of(List.of(it), List.of(MAIL), heard(it, MAIL)))
                    .isEqualTo(new Unheard(List.of(it), List.of(MAIL)));
        }
    }

    @Test
    void keepsAllOfItWhenItGoesNowhere() {
        assertThat(Unheard.of(List.of(FURTHER), List.of(), Map.of()))
                .isEqualTo(new Unheard(List.of(FURTHER), List.of()));
    }

    private static Map<String, Set<String>> heard(Told it, Destination place) {
        return Map.of(it.transition().id(), Set.of(place.lane()));
    }

    private static Told told(long version, boolean copied, boolean escalated) {
        return new Told(
                regressed(PAYMENTS, version, "d1", Map.of(VULNERABILITIES, Outcome.FAIL)),
                "n1",
                Set.of(VULNERABILITIES),
                TEAM,
                null,
                copied,
                escalated,
                NOON,
                NOON);
    }
}
