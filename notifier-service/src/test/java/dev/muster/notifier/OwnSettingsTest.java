package dev.muster.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.pipeline.OwnSettings;
import dev.muster.notifier.pipeline.OwnSettings.Place;
import dev.muster.notifier.transition.Examples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a team is shown of how it is told.
class OwnSettingsTest {

    private Running notifier;

    @BeforeEach
    void start() {
        notifier = Running.usual();
    }

    @Test
    void nameTheAnnotationThatSaysIt() {
        notifier.team(
                Map.of(
                        "muster.dev/slack-webhook", "payments-alerts",
                        "muster.dev/destinations", "payments-bot",
                        "muster.dev/email", "own@acme.example",
                        "muster.dev/quiet-hours", "22:00-07:00 Europe/Berlin"),
                "profile@acme.example");

        assertThat(from())
                .containsExactlyInAnyOrder(
                        "muster.dev/email own@acme.example",
                        "muster.dev/slack-webhook null",
                        "muster.dev/destinations null");
        assertThat(own().quietHours()).isEqualTo("22:00-07:00 Europe/Berlin");
        assertThat(own().quietHoursRead()).isTrue();
    }

    @Test
    void tellOfTheFallbackAndOfWhatCannotBeServed() {
        notifier.team(
                Map.of("muster.dev/slack-webhook", "gone", "muster.dev/quiet-hours", "whenever"), "team@acme.example");

        assertThat(own().destinations())
                .anySatisfy(it -> {
                    assertThat(it.name()).isEqualTo("gone");
                    assertThat(it.problem()).isEqualTo(FailedBecause.UNKNOWN_DESTINATION);
                })
                .anySatisfy(it -> assertThat(it.from()).isEqualTo("fallback"))
                .anySatisfy(it -> assertThat(it.from()).isEqualTo("profile"));
        assertThat(own().quietHoursRead()).isFalse();
    }

    @Test
    void knowAnOwnerThatTheCatalogueDoesNot() {
        var nobody = notifier.bean(OwnSettings.class).of("group:default/nobody");

        assertThat(nobody.known()).isFalse();
        assertThat(nobody.destinations()).extracting(Place::from).containsExactly("fallback");
    }

    private OwnSettings.View own() {
        return notifier.bean(OwnSettings.class).of(Examples.TEAM);
    }

    private List<String> from() {
        return own().destinations().stream()
                .map(it -> it.from() + " " + it.address())
                .toList();
    }
}
