package dev.muster.ingest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
        assertThat(Claims.of(SELF, Map.of(annotation, value), null))
                .containsExactlyInAnyOrder("entity:component:default/payments", claim);
    }

    @Test
    void followFromSubjectsAndTheOwner() {
        assertThat(Claims.of(SELF, Map.of("muster.dev/subjects", "a:1, b:2\nc:3,,"), "group:default/team"))
                .containsExactly("a:1", "b:2", "c:3", "entity:component:default/payments", "team:default/team");
        assertThat(Claims.of(SELF, Map.of(), "user:default/ada")).containsExactly("entity:component:default/payments");
        assertThat(Claims.of(new EntityRef("group", "default", "team"), Map.of(), null))
                .containsExactly("entity:group:default/team", "team:default/team");
    }

    @ParameterizedTest
    @CsvSource({"dir:/x", "url:https://example.org/a/b", "url:not a url", "url:https://github.com/acme"})
    void followFromNoOtherLocation(String location) {
        assertThat(Claims.of(SELF, Map.of("backstage.io/source-location", location), null))
                .hasSize(1);
    }
}
