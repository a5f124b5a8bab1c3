package dev.muster.ingest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsTest {

    private static final EntityRef SELF = new EntityRef("component", "default", "payments");

    @ParameterizedTest
    @CsvSource({
        "github.com/project-slug, Acme/Payments, repo:github.com/acme/payments",
        "github.com/team-slug, Acme/Team, team:github.com/acme/team",
        "gitlab.com/project-slug, Group/Sub/Payments, repo:gitlab.com/group/sub/payments",
        "sonarqube.org/project-key, acme:Payments, project:sonarqube/acme:Payments",
        "pagerduty.com/service-id, PX1, service:pagerduty/PX1",
        "sentry.io/project-slug, payments, project:sentry/payments",
        "argocd/app-name, payments, app:argocd/payments",
        "backstage.io/kubernetes-id, payments, workload:kubernetes/payments",
        "prometheus.io/service-name, payments, service:prometheus/payments",
        "backstage.io/source-location, url:https://github.com/Acme/Payments/tree/main/x, repo:github.com/acme/payments",
        "backstage.io/source-location, url:https://github.com/acme/payments.git, repo:github.com/acme/payments",
        "backstage.io/source-location, url:https://gitlab.com/a/b/c/-/tree/main, repo:gitlab.com/a/b/c"
    })
    void followFromAnnotations(String annotation, String value, String claim) {
        assertThat(of(Map.of(annotation, value), null)).containsExactly(claim);
    }

    @Test
    void followFromSubjectsAndTheOwner() {
        assertThat(of(Map.of("muster.dev/subjects", "a:1, b:2\nc:3,,"), "group:default/team"))
                .containsExactly("a:1", "b:2", "c:3", "team:default/team");
        assertThat(of(Map.of(), "user:default/ada")).isEmpty();
        assertThat(Claims.of(new EntityRef("group", "default", "team"), Map.of(), null, List.of()))
                .containsExactly("entity:group:default/team", "readiness:group:default/team", "team:default/team");
    }

    @Test
    void followFromItselfAndFromWhatItDependsOn() {
        assertThat(Claims.of(SELF, Map.of(), null, List.of("component:default/ledger")))
                .containsExactly(
                        "entity:component:default/payments",
                        "readiness:component:default/ledger",
                        "readiness:component:default/payments");
    }

    @ParameterizedTest
    @CsvSource({"dir:/x", "url:https://example.org/a/b", "url:not a url", "url:https://github.com/acme"})
    void followFromNoOtherLocation(String location) {
        assertThat(of(Map.of("backstage.io/source-location", location), null)).isEmpty();
    }

    /// Beyond those that every entity has.
    private static Set<String> of(Map<String, String> annotations, @Nullable String owner) {
        var claims = Claims.of(SELF, annotations, owner, List.of());
        claims.removeAll(Claims.of(SELF, Map.of(), null, List.of()));
        return claims;
    }
}
