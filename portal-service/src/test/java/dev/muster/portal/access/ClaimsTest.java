package dev.muster.portal.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.PortalSettings;
import dev.muster.service.Caller;
import dev.muster.service.Role;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private final Claims nested = claims("realm_access.roles", Set.of("viewers"));

    @Test
    void givesEachRoleThatIsNamed() {
        assertThat(roles("viewers")).containsExactly(Role.VIEWER);
        assertThat(roles("viewers", "editors")).containsExactlyInAnyOrder(Role.VIEWER, Role.EDITOR);
        assertThat(roles("admins")).containsExactly(Role.ADMIN);
    }

    @Test
    void knowsNobodyWithoutANameOrARole() {
        assertThat(nested.caller(Map.of("realm_access", Map.of("roles", List.of("viewers")))))
                .isEmpty();
        assertThat(nested.caller(Map.of("preferred_username", "anna"))).isEmpty();
        assertThat(nested.caller(Map.of("preferred_username", "anna", "realm_access", "viewers")))
                .isEmpty();
    }

    @Test
    void letsEverybodyReadWhenNobodyIsNamed() {
        var caller = claims("groups", Set.of()).caller(Map.of("preferred_username", "anna"));

        assertThat(caller).contains(new Caller("anna", Set.of(Role.VIEWER), Set.of(), Set.of()));
    }

    @Test
    void readsAClaimWhoseNameHasDots() {
        var caller = claims("https://acme.example/roles", Set.of("viewers"))
                .caller(Map.of("preferred_username", "anna", "https://acme.example/roles", "viewers"));

        assertThat(caller).isPresent();
    }

    @Test
    void givesEachDutyThatAValueNames() {
        assertThat(nested.caller(Map.of(
                                "preferred_username",
                                "anna",
                                "realm_access",
                                Map.of("roles", List.of("editors", "risk-board"))))
                        .orElseThrow()
                        .duties())
                .containsExactly("exemptions");
    }

    @Test
    void namesTeamsInFull() {
        var caller = claims("groups", Set.of())
                .caller(Map.of(
                        "preferred_username",
                        "anna",
                        "teams",
                        List.of("Payments", "/checkout", "group:eu/ledger", "no group at all", 7)))
                .orElseThrow();

        assertThat(caller.groups())
                .containsExactlyInAnyOrder("group:default/payments", "group:default/checkout", "group:eu/ledger");
        assertThat(caller.duties()).isEmpty();
    }

    private Set<Role> roles(String... roles) {
        return nested.caller(Map.of("preferred_username", "anna", "realm_access", Map.of("roles", List.of(roles))))
                .orElseThrow()
                .roles();
    }

    private static Claims claims(String rolesClaim, Set<String> viewers) {
        return new Claims(new PortalSettings.Oidc(
                URI.create("https://id.example.org"),
                "Acme",
                "muster",
                "hush",
                List.of("openid"),
                "preferred_username",
                rolesClaim,
                Set.of("admins"),
                Set.of("editors"),
                viewers,
                Map.of("exemptions", Set.of("risk-board", "board"), "security", Set.of("security")),
                "teams",
                Duration.ofHours(8)));
    }
}
