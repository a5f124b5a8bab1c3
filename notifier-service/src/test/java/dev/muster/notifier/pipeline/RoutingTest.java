package dev.muster.notifier.pipeline;

import static dev.muster.notifier.transition.Examples.TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.pipeline.Route.Reason;
import dev.muster.notifier.preference.Preference;
import dev.muster.routing.Routes;
import dev.muster.routing.Sending;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {

    private static final Sending NONE = Routes.NONE.at(Routes.ROOT);
    private static final Map<String, ChannelName> CHANNELS =
            Map.of("payments-alerts", ChannelName.SLACK, "payments-pager", ChannelName.PAGERDUTY);
    private static final Destination FALLBACK = Destination.email("fallback", "platform@acme.example");

    @Test
    void takesTheOwnersOwnSettings() {
        var owner = owner("team@acme.example", Map.of(Preference.SLACK.annotation(), "payments-alerts"));

        assertThat(route(owner))
                .isEqualTo(new Route(
                        List.of(Destination.email(TEAM, "team@acme.example"), Destination.slack("payments-alerts")),
                        List.of(),
                        Reason.OWNER));
    }

    @Test
    void takesDestinationsOfAnyChannelThatTheOwnerNames() {
        var route = route(
                owner(null, Map.of(Preference.DESTINATIONS.annotation(), "payments-alerts, payments-pager,typo")));

        assertThat(route.to())
                .containsExactly(
                        Destination.slack("payments-alerts"),
                        Destination.named(ChannelName.PAGERDUTY, "payments-pager"),
                        FALLBACK);
        assertThat(route.failed())
                .containsExactly(new Route.Failed(
                        Destination.named(ChannelName.WEBHOOK, "typo"), FailedBecause.UNKNOWN_DESTINATION));
    }

    @Test
    void putsTheAnnotationBeforeTheProfile() {
        assertThat(route(owner("team@acme.example", Map.of(Preference.EMAIL.annotation(), "alerts@acme.example")))
                        .to())
                .containsExactly(Destination.email(TEAM, "alerts@acme.example"));
    }

    @Test
    void fallsBackWhenTheOwnerHasNothing() {
        assertThat(route(owner(null, Map.of()))).isEqualTo(new Route(List.of(FALLBACK), List.of(), Reason.FALLBACK));
    }

    @Test
    void fallsBackWhenNobodyKnowsTheOwner() {
        assertThat(route(null)).isEqualTo(new Route(List.of(FALLBACK), List.of(), Reason.FALLBACK));
    }

    @Test
    void saysSoWhenNobodyIsConfigured() {
        assertThat(Routing.route(null, NONE, Map.of(), List.of(), List.of()))
                .isEqualTo(new Route(List.of(), List.of(), Reason.NOBODY));
    }

    @Test
    void tellsTheFallbackOfADestinationThatIsNotConfigured() {
        var route = route(owner("team@acme.example", Map.of(Preference.SLACK.annotation(), "typo")));

        assertThat(route.to()).containsExactly(Destination.email(TEAM, "team@acme.example"), FALLBACK);
        assertThat(route.failed())
                .containsExactly(new Route.Failed(Destination.slack("typo"), FailedBecause.UNKNOWN_DESTINATION));
    }

    @Test
    void neverRepeatsAWebhookAddressThatSomebodyPutWhereANameBelongs() {
        var route = route(
                owner(null, Map.of(Preference.SLACK.annotation(), "https://hooks.slack.com/services/T0/B0/hunter2")));

        assertThat(route.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b\r\nBcc: x@y",
                "a@b, c@d",
                "a@b;c@d",
                "Team <a@b>",
                "a b@c",
                "a@",
                "@b",
                "a",
                "a@b\u0000",
                "a@b@c",
                "a@-b"
            })
    void refusesWhatIsNotOnePlainAddress(String address) {
        var route = route(owner(address, Map.of()));

        assertThat(route.to()).containsExactly(FALLBACK);
        assertThat(route.failed()).extracting(Route.Failed::reason).containsExactly(FailedBecause.BAD_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "first.last+tag@sub.acme.example", "o'neil@acme.example", "x@münchen.example"})
    void takesPlainAddresses(String address) {
        assertThat(Routing.isAddress(address)).isTrue();
    }

    @Test
    void goesWhereTheThreadIs() {
        var thread = List.of(Destination.slack("payments-alerts"));

        assertThat(Routing.route(owner("moved@acme.example", Map.of()), NONE, Map.of(), List.of(FALLBACK), thread))
                .isEqualTo(new Route(thread, List.of(), Reason.THREAD));
    }

    private static Route route(@Nullable CatalogEntry owner) {
        return Routing.route(owner, NONE, CHANNELS, List.of(FALLBACK), List.of());
    }

    private static CatalogEntry owner(@Nullable String email, Map<String, String> annotations) {
        return new CatalogEntry(TEAM, "Payments", null, email, annotations);
    }
}
