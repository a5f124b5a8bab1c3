package dev.muster.ingest.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimsTest {

    private static final EntityRef SELF = new EntityRef("component", "default", "payments");

    @ParameterizedTest
    @CsvSource({
        "github.com/project-slug, Acme/Payments, repo:github.com/acme/payments",
        "github.com/team-slug, Acme/Team, team:github.com/acme/team",
        "gitlab.com/project-slug, Group/Sub/Payments, repo:gitlab.com/group/sub/payments",
        "sonarqube.org/project-key, acme:Payments, project:sonarqube/acme:Payments",
        "sonarqube.org/project-key, cloud/acme:Payments, project:sonarqube/acme:Payments",
        "snyk.io/project-ids, AF137B96, project:snyk/af137b96",
        "pagerduty.com/service-id, PX1, service:pagerduty/PX1",
        "sentry.io/project-slug, payments, project:sentry/payments",
        "sentry.io/project-slug, acme/payments, project:sentry/payments",
        "opsgenie.com/component-selector, tag:\"service:payments\" AND status:open, service:opsgenie/payments",
        "incident.io/service, Payments API, service:incident-io/payments-api",
        "datadoghq.com/service, Payments, service:datadog/payments",
        "grafana/alert-label-selector, service=payments, service:grafana/payments",
        "amazonaws.com/arn, arn:aws:s3:::acme-payments, resource:aws/arn:aws:s3:::acme-payments",
        "cdevents.dev/service-id, payments, service:cdevents/payments",
        "argocd/app-name, payments, app:argocd/payments",
        "backstage.io/kubernetes-id, payments, workload:kubernetes/payments",
        "prometheus.io/service-name, payments, service:prometheus/payments",
        "backstage.io/source-location, url:https://github.com/Acme/Payments/tree/main/x, repo:github.com/acme/payments",
        "backstage.io/source-location, url:https://github.com/acme/payments.git, repo:github.com/acme/payments",
        "backstage.io/source-location, url:https://gitlab.com/a/b/c/-/tree/main, repo:gitlab.com/a/b/c",
        "backstage.io/source-location, url:https://git.acme.example/A/b/c/-/tree/main/x, repo:git.acme.example/a/b/c",
        "backstage.io/source-location, url:https://git.acme.example/acme/payments/tree/x, repo:git.acme.example/acme/payments",
        "backstage.io/source-location, url:https://bitbucket.org/acme/payments/src/main/, repo:bitbucket.org/acme/payments",
        "backstage.io/source-location, url:https://code.acme.example/projects/PAY/repos/api/browse, repo:code.acme.example/pay/api"
    })
    void followFromAnnotations(String annotation, String value, String claim) {
        assertThat(of(Map.of(annotation, value), null)).containsExactly(claim);
    }

    /// Rows of the page for users: annotation, example, claim.
    static Stream<Arguments> documented() throws IOException {
        var row = Pattern.compile("\\| `(\\S+)` \\| `(.+)` \\| `(.+)` \\|");
        return Files.readAllLines(Path.of("..", "docs", "catalogue.md")).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .map(it -> Arguments.of(it.group(1), it.group(2), it.group(3)));
    }

    @ParameterizedTest
    @MethodSource("documented")
    void areWhatThePageSays(String annotation, String value, String claim) {
        assertThat(of(Map.of(annotation, value), null)).contains(claim);
    }

    @Test
    void areSeveralWhereAnAnnotationListsThem() {
        assertThat(of(Map.of("amazonaws.com/arn", "arn:aws:s3:::a, arn:aws:s3:::b"), null))
                .containsExactly("resource:aws/arn:aws:s3:::a", "resource:aws/arn:aws:s3:::b");
    }

    @Test
    void nameTheHostOfAGitLabOfOnesOwn() {
        assertThat(of(
                        Map.of(
                                "gitlab.com/instance", "git.acme.example",
                                "gitlab.com/project-slug", "Group/Payments"),
                        null))
                .containsExactly("repo:git.acme.example/group/payments");
    }

    @Test
    void followFromSubjectsAndTheOwner() {
        assertThat(of(Map.of("muster.dev/subjects", "a:1, b:2\nc:3,,"), "group:default/team"))
                .containsExactly("a:1", "b:2", "c:3", "team:default/team");
        assertThat(of(Map.of(), "user:default/ada")).isEmpty();
        assertThat(Claims.of(new EntityRef("group", "default", "team"), Map.of(), null, List.of()))
                .containsExactly(
                        "entity:group:default/team",
                        "readiness:group:default/team",
                        "team:default/team",
                        "team:scim/team");
    }

    @Test
    void followFromTheGroupOfTheIdentityProviderThatAnAnnotationNames() {
        assertThat(of(Map.of("muster.dev/scim-group", "Payments Team"), null))
                .containsExactly("team:scim-id/Payments%20Team", "team:scim/payments%20team");
        assertThat(Claims.of(
                        new EntityRef("group", "default", "team"),
                        Map.of("muster.dev/scim-group", "00g1EMA"),
                        null,
                        List.of()))
                .contains("team:scim-id/00g1EMA")
                .doesNotContain("team:scim/team");
        assertThat(Claims.of(new EntityRef("group", "emea", "team"), Map.of(), null, List.of()))
                .as("two groups of one name would share the people of one")
                .doesNotContain("team:scim/team");
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
    @CsvSource({"dir:/x", "url:https://example.org/a", "url:not a url", "url:https://github.com/acme"})
    void followFromNoOtherLocation(String location) {
        assertThat(of(Map.of("backstage.io/source-location", location), null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "url:https://github.com/Acme/Mono/tree/main/services/Pay/, repo:github.com/acme/mono, services/Pay",
        "url:https://github.com/acme/mono/tree/main/a%20b, repo:github.com/acme/mono, a b",
        "url:https://gitlab.com/a/b/mono/-/tree/main/services/pay, repo:gitlab.com/a/b/mono, services/pay"
    })
    void areOfTheFolderOfTheSourceLocation(String location, String subject, String path) {
        assertThat(paths(Map.of("backstage.io/source-location", location))).isEqualTo(Map.of(subject, List.of(path)));
    }

    @ParameterizedTest
    @CsvSource({
        "url:https://github.com/acme/mono",
        "url:https://github.com/acme/mono/tree/main/",
        "url:https://github.com/acme/mono/blob/main/services/pay/catalog-info.yaml",
        "url:https://gitlab.com/a/b/mono/-/tree/main"
    })
    void areOfTheWholeRepository(String location) {
        assertThat(paths(Map.of("backstage.io/source-location", location))).isEmpty();
    }

    @Test
    void areOfThePathsThatAreNamed() {
        var annotations = Map.of(
                "github.com/project-slug", "acme/mono",
                "muster.dev/subjects", "repo:github.com/acme/other, service:pagerduty/P1",
                "backstage.io/source-location", "url:https://github.com/acme/mono/tree/main/elsewhere",
                "muster.dev/path", "services/pay/, ./libs/money\n/docs/pay.md,,");

        var paths = List.of("docs/pay.md", "libs/money", "services/pay");
        assertThat(paths(annotations))
                .isEqualTo(Map.of("repo:github.com/acme/mono", paths, "repo:github.com/acme/other", paths));
        assertThat(paths(Map.of("github.com/project-slug", "acme/mono", "muster.dev/path", ".")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"services/*", "../other", "services\\pay"})
    void areNotOfWhatIsNoPath(String path) {
        assertThat(Claims.mistakeIn(Map.of("muster.dev/path", "ok, " + path)))
                .hasValueSatisfying(it -> assertThat(it).startsWith("'" + path + "' is no path; write one"));
        assertThat(Claims.mistakeIn(Map.of("muster.dev/path", "ok"))).isEmpty();
        assertThat(Claims.mistakeIn(Map.of("muster.dev/path", "a,".repeat(51))))
                .contains("names 51 paths; 50 are allowed");
    }

    private static Map<String, List<String>> paths(Map<String, String> annotations) {
        return Claims.paths(annotations, Claims.of(SELF, annotations, null, List.of()));
    }

    /// Beyond those that every entity has.
    private static Set<String> of(Map<String, String> annotations, @Nullable String owner) {
        var claims = Claims.of(SELF, annotations, owner, List.of());
        claims.removeAll(Claims.of(SELF, Map.of(), null, List.of()));
        return claims;
    }
}
