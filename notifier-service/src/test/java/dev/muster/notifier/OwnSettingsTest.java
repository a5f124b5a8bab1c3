package dev.muster.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.pipeline.OwnSettings;
import dev.muster.notifier.pipeline.OwnSettings.Place;
import dev.muster.notifier.preference.Preference;
import dev.muster.notifier.preference.Preferences;
import dev.muster.notifier.transition.Examples;
import dev.muster.routing.Digest;
import java.time.Duration;
import java.time.Instant;
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
        assertThat(setting(Preference.QUIET_HOURS).catalogue()).isEqualTo("22:00-07:00 Europe/Berlin");
        assertThat(own().preferences()).allSatisfy(it -> {
            assertThat(it.page()).isNull();
            assertThat(it.problem()).isNull();
        });
        assertThat(own().changedBy()).isNull();
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
        assertThat(setting(Preference.QUIET_HOURS).problem()).contains("22:00-07:00 Europe/Berlin");
        assertThat(setting(Preference.SLACK).problem()).contains("no destination 'gone' is configured");
    }

    @Test
    void putWhatIsSaidByPageBeforeTheAnnotationsEachByItself() {
        notifier.team(
                Map.of("muster.dev/slack-webhook", "payments-alerts", "muster.dev/quiet-hours", "22:00-07:00"),
                "profile@acme.example");
        say(Map.of(Preference.SLACK, "payments-bot", Preference.EMAIL, "none"));

        assertThat(own().destinations())
                .extracting(it -> it.name() + " " + it.from())
                .containsExactly("payments-bot page");
        assertThat(setting(Preference.SLACK).page()).isEqualTo("payments-bot");
        assertThat(setting(Preference.SLACK).catalogue()).isEqualTo("payments-alerts");
        assertThat(setting(Preference.QUIET_HOURS).page()).isNull();
        assertThat(setting(Preference.QUIET_HOURS).catalogue()).isEqualTo("22:00-07:00");
        assertThat(own().changedBy()).isEqualTo("mona");

        say(Map.of());

        assertThat(from()).containsExactlyInAnyOrder("profile profile@acme.example", "muster.dev/slack-webhook null");
        assertThat(own().changedBy()).isNull();
    }

    @Test
    void keepWhatWasSaidByPageWhenTheDescriptorIsAppliedAgain() {
        say(Map.of(Preference.DESTINATIONS, "payments-bot"));
        notifier.team(Map.of("muster.dev/destinations", "payments-alerts"), "team@acme.example");

        assertThat(from()).containsExactlyInAnyOrder("profile team@acme.example", "page null");
    }

    @Test
    void tellMessagesWhereAndWhenThePageSays() {
        say(Map.of(
                Preference.SLACK, "none", Preference.EMAIL, "new@acme.example", Preference.QUIET_HOURS, "11:00-16:00"));
        notifier.hears(Examples.regressed("d1"));
        notifier.waitsAndSends();
        assertThat(notifier.mails()).as("in quiet hours").isEmpty();

        notifier.clock.pass(Duration.ofHours(4));
        notifier.waitsAndSends();

        assertThat(notifier.recipients()).containsExactly("new@acme.example");
        assertThat(notifier.slack.calls("payments")).isEmpty();
    }

    @Test
    void collectWhatTheOwnerWantsCollected() {
        assertThat(own().digestFrom()).isEqualTo("default");
        say(Map.of(Preference.DIGEST, "daily 15:00"));
        assertThat(own().digest()).isEqualTo(Digest.Every.DAILY);
        assertThat(own().digestFrom()).isEqualTo("page");
        notifier.hears(Examples.regressed("d1"));
        notifier.waitsAndSends();
        assertThat(notifier.mails()).isEmpty();

        notifier.clock.set(Instant.parse("2026-11-23T15:00:00Z"));
        notifier.waitsAndSends();

        assertThat(notifier.mails())
                .extracting(Running::subject)
                .singleElement()
                .asString()
                .contains("Daily digest: 1 regressed");
    }

    @Test
    void sayOnlyOnceThatTheSameIsSaid() {
        say(Map.of(Preference.DIGEST, "daily"));
        say(Map.of(Preference.DIGEST, "daily"));
        say(Map.of());
        say(Map.of());

        assertThat(notifier.db()
                        .sql("select body -> 'deed' ->> 'before', body -> 'deed' ->> 'after' from audit order by seq")
                        .query((row, _) -> row.getString(1) + " → " + row.getString(2))
                        .list())
                .containsExactly(
                        "null → {\"muster.dev/digest\":\"daily\"}", "{\"muster.dev/digest\":\"daily\"} → null");
    }

    private void say(Map<Preference, String> said) {
        notifier.bean(Preferences.class).say(Examples.TEAM, said, "mona");
    }

    private OwnSettings.Setting setting(Preference it) {
        return own().preferences().get(it.ordinal());
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
