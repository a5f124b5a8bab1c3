package dev.muster.routing;

import static dev.muster.routing.Examples.broke;
import static dev.muster.routing.Examples.lost;
import static dev.muster.routing.Examples.read;
import static dev.muster.routing.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final Routes ROUTES = read("""
            route:
              receivers: [platform]
              groupWait: 1m
              routes:
                - name: lost-levels
                  match: { lost: "*", tier: 1 }
                  also: [pager]
                  groupWait: 5s
                  continue: true
                - name: security
                  when: rules.exists(it, it.startsWith('max-')) && 'pci' in tags
                  routes:
                    - name: recovered
                      match: { kind: recovered }
                      digest: weekly
                - name: rest
                  match: { kind: [regressed, recovered] }
                  digest: daily
                  escalateAfter: 7d
            """);

    @Test
    void takesTheFirstThatFitsAndGoesOnOnlyWhereItSaysSo() {
        assertThat(paths(lost())).containsExactly("lost-levels", "security");
        assertThat(paths(broke("has-runbook"))).containsExactly("rest");
    }

    @Test
    void takesTheDeepestNodeThatFits() {
        assertThat(paths(with(broke("max-age"), ChangeKind.RECOVERED, 1))).containsExactly("security/recovered");
        assertThat(paths(broke("max-age"))).containsExactly("security");
    }

    @Test
    void staysAtTheRootWhenNothingFits() {
        assertThat(paths(Change.of(ChangeKind.REMINDER, Examples.TEAM))).containsExactly("default");
    }

    @Test
    void inheritsWhatANodeDoesNotSay() {
        var sending = ROUTES.find(lost()).matches().getFirst().sending();

        assertThat(sending.receivers()).containsExactly("platform");
        assertThat(sending.also()).containsExactly("pager");
        assertThat(sending.groupWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ROUTES.at("rest").escalateAfter()).isEqualTo(Duration.ofDays(7));
        assertThat(ROUTES.at("security").groupWait()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void saysWhoWasAskedAndWhyNot() {
        assertThat(ROUTES.find(broke("has-runbook")).tried())
                .extracting(it -> it.path() + ": " + it.why().orElse("yes"))
                .containsExactly(
                        "default: yes",
                        "lost-levels: lost is none, not *",
                        "security: 'when' is not true: rules.exists(it, it.startsWith('max-')) && 'pci' in tags",
                        "rest: yes");
    }

    @Test
    void fallsBackToTheRootForANodeThatIsGone() {
        assertThat(ROUTES.at("was-renamed")).isEqualTo(ROUTES.at("default"));
    }

    @Test
    void sendsToNobodyInParticularWithoutAFile() {
        assertThat(Routes.NONE.find(lost()).matches()).singleElement().satisfies(it -> {
            assertThat(it.path()).isEqualTo("default");
            assertThat(it.sending().receivers()).isEmpty();
        });
    }

    private static List<String> paths(Change change) {
        return ROUTES.find(change).matches().stream().map(Routes.Match::path).toList();
    }
}
