package dev.muster.routing;

import static dev.muster.routing.Examples.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesReaderTest {

    private static final Set<String> RECEIVERS = Set.of("platform", "pager");

    @Test
    void readsTimes() {
        var routes = Examples.read("""
                zone: Europe/Berlin
                mutes:
                  nights: { days: mon-fri, from: "18:00", to: "08:00" }
                route:
                  mute: [nights, { days: [sat, sun], from: "00:00", to: "24:00", zone: UTC }]
                  digest: { every: weekly, day: fri, at: "08:30" }
                """);

        var sending = routes.at(Routes.ROOT);
        assertThat(sending.mute())
                .containsExactly(
                        MuteTime.parse("mon-fri 18:00-08:00 Europe/Berlin", ZoneId.of("UTC"))
                                .orElseThrow(),
                        MuteTime.parse("sat-sun 00:00-00:00 UTC", ZoneId.of("UTC"))
                                .orElseThrow());
        assertThat(sending.digest())
                .isEqualTo(new Digest(
                        Digest.Every.WEEKLY, LocalTime.of(8, 30), DayOfWeek.FRIDAY, ZoneId.of("Europe/Berlin")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "route: { recievers: [platform] }|4:12: unknown key 'recievers'; did you mean 'receivers'?",
                "route: { receivers: [platfrom] }|4:24: no destination 'platfrom' is configured in"
                        + " muster.notifier.destinations; did you mean 'platform'?",
                "route: { digest: dayly }|a digest is immediate, hourly, daily or weekly, not 'dayly'; did you mean"
                        + " 'daily'?",
                "route: { groupWait: soon }|'groupWait' must be a duration from 1s to 1d, such as 30s or 7d; is 'soon'",
                "route: { escalateAfter: 1m }|'escalateAfter' must be a duration from 1h to 365d",
                "route: { mute: [night] }|no mute 'night' stands under spec.mutes",
                "route: { mute: [{ from: \"8\", to: \"09:00\" }] }|'from' must be a time such as \"08:30\", is '8'",
                "route: { mute: [{ days: mo, from: \"08:00\", to: \"09:00\" }] }|'mo' is no day",
                "{ zone: Europe/Berln, route: {} }|no time zone 'Europe/Berln' is known; write one such as"
                        + " Europe/Berlin; did you mean 'Europe/Berlin'?",
                "route: { routes: [{ match: { teir: 1 } }] }|unknown key 'teir'; did you mean 'tier'?",
                "route: { routes: [{ match: { kind: regresed } }] }|did you mean 'regressed'?",
                "route: { routes: [{ match: { tier: one } }] }|'tier' is a number, not 'one'",
                "route: { routes: [{ match: { owner: payments } }] }|'owner' is a full reference such as"
                        + " group:default/payments, or has a *; is 'payments'",
                "route: { routes: [{ match: { tag: [] } }] }|'tag' needs a value",
                "route: { routes: [{ name: x }] }|a node needs 'match' or 'when'",
                "route: { routes: [{ name: X y, when: 'true' }] }|a name has lower-case letters",
                "route: { routes: [{ name: a, when: 'true' }, { name: a, when: 'true' }] }|the name 'a' is there twice",
                "route: { routes: [{ when: 'teir == 1' }] }|4:30: 'when' reads kind, entity, owner, scorecard, tier,"
                        + " tags, rules, ruleLevels, level, lost, source; 'teir' is none of them; did you mean 'tier'?",
                "route: { routes: [{ when: 'tier' }] }|'when' must give a bool, gives int",
                "route: { routes: [{ when: 'tier == \"1\"' }] }|found no matching overload for '_==_'",
                "{}|'route' is missing"
            })
    void namesEveryMistakeByPlaceAndWhatWasMeant(String spec, String message) {
        assertThatThrownBy(() -> RoutesReader.read("routes.yaml", file(spec), RECEIVERS))
                .isInstanceOf(RoutesException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("routes.yaml:");
    }

    @Test
    void refusesATreeThatIsTooDeep() {
        var spec = new StringBuilder("route: ");
        for (var i = 0; i < RoutesReader.MAX_DEPTH; i++) {
            spec.append(i == 0 ? "{ routes: [" : "{ when: 'true', routes: [");
        }
        spec.append("{ when: 'true' }").append("] }".repeat(RoutesReader.MAX_DEPTH));

        assertThatThrownBy(() -> RoutesReader.read("routes.yaml", file(spec.toString()), null))
                .hasMessageContaining("more than 8 below each other");
    }

    @Test
    void leavesReceiversAloneThatItCannotKnow() throws RoutesException {
        assertThat(RoutesReader.read("routes.yaml", file("route: { receivers: [anything] }"), null)
                        .at(Routes.ROOT)
                        .receivers())
                .containsExactly("anything");
    }

    @Test
    void neverBreaksOnAConditionThatDoes() {
        var routes = Examples.read("route: { routes: [{ name: x, when: \"tags[7] == 'a'\" }] }");

        assertThat(routes.find(Examples.lost()).matches())
                .extracting(Routes.Match::path)
                .containsExactly("default");
    }
}
