package dev.muster.ingest;

import static dev.muster.ingest.ReconciledGithub.TOKEN;
import static dev.muster.ingest.ReconciledGithub.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.engine.fact.FactState;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.ReconciliationKind;
import dev.muster.schemas.v1.ReconciliationState;
import dev.muster.testkit.FakeGithub.Call;
import dev.muster.testkit.FakeGithub.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What webhooks cannot give is read from GitHub.
class ReconcilerTest {

    private ReconciledGithub it = new ReconciledGithub("unused");

    @AfterEach
    void stop() {
        it.close();
    }

    private void organization(String name) {
        it.close();
        it = new ReconciledGithub(name);
    }

    private void memberLeft(int times) {
        for (var i = 0; i < times; i++) {
            it.deliver(UUID.randomUUID().toString(), "membership", """
                    {"action":"removed","scope":"team","organization":{"login":"%s"},"team":{"slug":"payments"},
                     "member":{"login":"hubert"},"sender":{"login":"octavia"}}
                    """.formatted(
                            it.team("").split("/")[1]));
        }
    }

    private static String alert(int number, String updatedAt) {
        return """
                {"number":%d,"state":"open","created_at":"2026-09-01T00:00:00Z","updated_at":"%s",
                 "dependency":{"package":{"ecosystem":"maven","name":"a:b"},"manifest_path":"pom.xml"},
                 "security_advisory":{"ghsa_id":"GHSA-x","severity":"high"},"security_vulnerability":{"severity":"high"}}
                """.formatted(number, updatedAt);
    }

    @Test
    void readsOnceWhoIsInATeamHoweverOftenItIsNamed() {
        organization("teamwork");
        it.hasTeam("payments", "octavia", "hubert");
        it.startAndAwaitSnapshot();
        await("the first members")
                .until(() -> it.items(it.team("payments"), "teamMembers").size() == 2);
        it.hasMembers("payments", "octavia");
        it.github.forgetCalls();

        memberLeft(7);
        await("what is named").until(() -> it.meter("muster.reconcile.wanted") == 1);
        assertThat(it.github.calls()).isEmpty();
        await("all of it")
                .until(() -> it.told(it.team("payments")).stream()
                                .filter(told -> told.getOrigin().getSource().equals("github"))
                                .count()
                        == 7);
        it.clock.advance(Duration.ofSeconds(2));

        await("the members that are left")
                .until(() -> it.items(it.team("payments"), "teamMembers").equals(Set.of("octavia")));
        var state = Objects.requireNonNull(it.state(it.team("payments"), "teamMembers"));
        assertThat(state.needsReading()).isFalse();
        assertThat(Objects.requireNonNull(state.latestOrigin()).source()).isEqualTo("github-api");
        assertThat(it.github.calls())
                .extracting(call -> call.query().get("role"))
                .containsExactly("all", "maintainer");
        await("when that was")
                .until(() ->
                        it.clock.instant().equals(it.status().reconciledAt().get(ReconciliationKind.INVALIDATION)));
    }

    @Test
    void tellsOfATeamThatIsGoneThatNobodyIsInIt() {
        organization("disbanded");
        it.hasTeam("payments", "octavia");
        it.startAndAwaitSnapshot();
        it.github.hasNo("/orgs/disbanded/teams/payments/members");
        it.github.has("/orgs/disbanded/teams", "[]");

        memberLeft(1);
        await("what is named").until(() -> it.meter("muster.reconcile.wanted") == 1);
        it.clock.advance(Duration.ofSeconds(2));

        await("nobody").until(() -> it.told(it.team("payments")).size() == 3);
        assertThat(it.items(it.team("payments"), "teamMembers")).isEmpty();
        assertThat(Objects.requireNonNull(it.state(it.team("payments"), "teamMembers"))
                        .reported())
                .isTrue();
    }

    @Test
    void repairsWhatAMissedWebhookLeftBehindAndLeavesWhatIsNewer() {
        organization("drifting");
        it.with("daily-at", "12:00");
        it.hasRepositories("payments");
        it.github.has(
                "/repos/drifting/payments/dependabot/alerts",
                "[" + alert(1, "2026-09-02T00:00:00Z") + "," + alert(2, "2026-09-02T00:00:00Z") + "]");
        it.startAndAwaitSnapshot();
        await("both alerts")
                .until(() ->
                        it.items(it.repository("payments"), "vulnerabilities").size() == 2);
        assertThat(it.told(it.repository("payments")))
                .as("what was there before the connection notifies nobody")
                .allMatch(told -> told.getOrigin().getBackfill());

        // Alert 2 was fixed, and nobody heard of it. Alert 3 is so new that GitHub's copy does not have it yet.
        it.github.has("/repos/drifting/payments/dependabot/alerts", "[" + alert(1, "2026-09-02T00:00:00Z") + "]");
        it.clock.advance(Duration.ofDays(1).minusSeconds(3));
        it.deliver("alert-3", "dependabot_alert", """
                {"action":"created","alert":%s,"repository":{"full_name":"drifting/payments","default_branch":"main"}}
                """.formatted(
                        alert(3, it.clock.instant().toString())));
        it.clock.advance(Duration.ofSeconds(3));

        it.awaitSnapshot(it.clock.instant());
        await("what is left")
                .until(() -> it.items(it.repository("payments"), "vulnerabilities")
                        .equals(Set.of("dependabot/1", "dependabot/3")));
        assertThat(it.told(it.repository("payments")).getLast().getOrigin().getBackfill())
                .isFalse();
    }

    @Test
    void waitsUntilTheLimitIsSetBackAndSaysSo() {
        organization("thrifty");
        it.with("concurrency", "1");
        it.hasRepositories("a", "b", "c");
        it.github.limit(22);
        it.start();

        var waits = 0;
        for (await("an end").until(this::isCompleteOrWaits); isWaiting(); waits++) {
            assertThat(it.meter("muster.reconcile.access")).isZero();
            it.clock.advanceTo(it.github.resetAt());
            await("an end").until(this::isCompleteOrWaits);
        }

        assertThat(waits).isPositive();
        assertThat(it.github.calls()).filteredOn(call -> call.status() == 403).isEmpty();
        for (var repository : List.of("a", "b", "c")) {
            await("facts of " + repository).until(() -> it.state(it.repository(repository), "repository") != null);
        }
    }

    private boolean isWaiting() {
        var resetAt = it.github.resetAt();
        return it.clock.instant().isBefore(resetAt)
                && it.status().access() == ReconciliationState.WAITING
                && Objects.requireNonNullElse(it.status().detail(), "").contains("limit")
                && Objects.requireNonNullElse(it.status().detail(), "").contains(resetAt.toString());
    }

    private boolean isCompleteOrWaits() {
        return isWaiting() || it.status().reconciledAt().get(ReconciliationKind.SNAPSHOT) != null;
    }

    @Test
    void comesBackWhenASecondaryLimitLetsIt() {
        organization("hasty");
        it.hasRepositories("payments");
        it.github.answers("GET /repos/hasty/payments", Reply.secondaryLimit(30));
        it.start();
        it.awaitAccess(ReconciliationState.WAITING);
        it.github.forgetCalls();

        it.clock.advance(Duration.ofSeconds(29));
        assertThat(it.github.calls()).isEmpty();
        it.clock.advance(Duration.ofSeconds(1));

        await("the repository").until(() -> it.state(it.repository("payments"), "repository") != null);
        it.awaitAccess(ReconciliationState.DONE);
    }

    @Test
    void triesAgainWhatGithubCouldNotAnswer() {
        organization("shaky");
        it.hasRepositories("payments");
        it.github.answers("GET /repos/shaky/payments/rulesets", Reply.status(502));
        it.start();
        await("the failure").until(() -> it.github.calls().stream().anyMatch(call -> call.status() == 502));

        await("the rulesets").until(() -> {
            it.clock.advance(Duration.ofSeconds(10));
            return it.state(it.repository("payments"), "rulesets") != null;
        });
    }

    @Test
    void goesOnAfterARestartWhereItWas() {
        organization("restarted");
        it.with("concurrency", "1");
        it.hasRepositories("a", "b", "c", "d");
        it.github.breaksAt(call -> call.question().equals("GET /repos/restarted/c/rulesets"));
        it.start();
        await("the failure").until(() -> it.github.calls().stream().anyMatch(call -> call.status() == 599));
        it.stop();
        var before = it.github.calls().stream().map(Call::question).toList();
        assertThat(before).contains("GET /repos/restarted/a", "GET /repos/restarted/b");
        it.github.forgetCalls();
        it.github.breaksAt(_ -> false);

        it.startAndAwaitSnapshot();

        for (var repository : List.of("a", "b", "c", "d")) {
            await("facts of " + repository).until(() -> it.state(it.repository(repository), "rulesets") != null);
        }
        assertThat(it.github.calls())
                .extracting(Call::question)
                .contains("GET /repos/restarted/c", "GET /repos/restarted/d")
                .doesNotContain("GET /repos/restarted/a", "GET /repos/restarted/b");
    }

    @Test
    void findsWhatWasNamedAfterARestart() {
        organization("forgetful");
        it.hasTeam("payments", "octavia", "hubert");
        it.startAndAwaitSnapshot();
        memberLeft(1);
        await("what is named").until(() -> it.meter("muster.reconcile.wanted") == 1);
        it.stop();
        it.hasMembers("payments", "octavia");

        it.start();
        await("what is named, again").until(() -> it.meter("muster.reconcile.wanted") == 1);
        it.clock.advance(Duration.ofSeconds(2));

        await("the member that is left")
                .until(() -> it.items(it.team("payments"), "teamMembers").equals(Set.of("octavia")));
    }

    @Test
    void letsWhatIsKnownOfARepositoryThatIsGoneAge() {
        organization("shrinking");
        it.hasRepositories("kept", "gone");
        it.startAndAwaitSnapshot();
        await("both").until(() -> it.state(it.repository("gone"), "rulesets") != null);
        it.github.hasNo("/repos/shrinking/gone");
        it.hasRepositories("kept");
        it.github.has("/repos/shrinking/kept", """
                {"id":1,"full_name":"shrinking/kept","default_branch":"main","archived":true,"updated_at":"2026-10-06T00:00:00Z"}
                """);
        it.github.hasNo("/repos/shrinking/gone");
        it.clock.advance(Duration.ofDays(1));
        it.github.forgetCalls();
        it.awaitSnapshot(it.clock.instant());

        await("the one that is gone")
                .until(() -> Objects.requireNonNull(it.state(it.repository("gone"), "repository"))
                        .needsReading());
        await("the one that is archived")
                .until(() -> it.state(it.repository("kept"), "repository")
                                instanceof FactState.Scalar(var json, var _, var _, var _, var _)
                        && Objects.requireNonNullElse(json, "").contains("\"archived\":true"));
        assertThat(it.github.calls()).extracting(Call::question).doesNotContain("GET /repos/shrinking/kept/rulesets");
    }

    @Test
    void asksForDeliveriesThatFailedOnceEachAndGivesUpWhatAlwaysFails() {
        organization("redelivered");
        it.github.has("/orgs/redelivered/hooks", """
                [{"id":1,"config":{"url":"https://muster.acme.example/v1/webhooks/redelivered"}},
                 {"id":2,"config":{"url":"https://muster.acme.example/v1/webhooks/another"}}]""");
        var list = new StringBuilder();
        list.append(delivery(13, "arrived-later", "OK", "2026-10-05T11:00:00Z"))
                .append(",")
                .append(delivery(12, "hopeless", "Invalid HTTP Response: 503", "2026-10-05T10:50:00Z"))
                .append(",")
                .append(delivery(11, "lost", "timed out", "2026-10-05T10:40:00Z"))
                .append(",")
                .append(delivery(10, "arrived-later", "timed out", "2026-10-05T10:30:00Z"))
                .append(",")
                .append(delivery(9, "too-old", "timed out", "2026-10-02T11:59:00Z"));
        var hook = "/orgs/redelivered/hooks/1/deliveries";
        it.github.has(hook, "[" + list + "]");
        var hopeless = new AtomicInteger();
        it.github.does(hook + "/11/attempts", body -> {
            it.github.has(
                    hook,
                    "["
                            + list.insert(
                                    0,
                                    delivery(
                                                    14,
                                                    "lost",
                                                    "OK",
                                                    it.clock.instant().toString()) + ",") + "]");
            return body;
        });
        for (var id : new int[] {12, 20, 21, 22, 23}) {
            it.github.does(hook + "/" + id + "/attempts", body -> {
                var attempt = delivery(
                        20 + hopeless.getAndIncrement(),
                        "hopeless",
                        "timed out",
                        it.clock.instant().plusSeconds(1).toString());
                it.github.has(hook, "[" + list.insert(0, attempt + ",") + "]");
                return body;
            });
        }
        it.startAndAwaitSnapshot();
        await("both").until(() -> it.meter("muster.reconcile.redeliveries", "outcome", "asked") == 2);

        for (var round = 0; round < 4; round++) {
            it.clock.advance(Duration.ofMinutes(5));
            await("a look")
                    .until(() ->
                            it.clock.instant().equals(it.status().reconciledAt().get(ReconciliationKind.REDELIVERY)));
        }

        assertThat(it.github.answered("POST " + hook + "/11/attempts")).isEqualTo(1);
        assertThat(hopeless).hasValue(3);
        assertThat(it.meter("muster.reconcile.redeliveries", "outcome", "given_up"))
                .isEqualTo(1);
        assertThat(it.github.calls())
                .extracting(Call::question)
                .noneMatch(question -> question.matches("POST .*/(9|10|13)/attempts"))
                .noneMatch(question -> question.contains("/hooks/2/"));
    }

    private static String delivery(int id, String guid, String status, String at) {
        return "{\"id\":%d,\"guid\":\"%s\",\"status\":\"%s\",\"delivered_at\":\"%s\"}".formatted(id, guid, status, at);
    }

    @ParameterizedTest
    @CsvSource({"refused-at-start,false", "refused-later,true"})
    void saysThatTheTokenIsNotTakenAndGoesOnWhenItIs(String name, boolean later) {
        organization(name);
        it.hasRepositories("payments");
        if (later) {
            it.startAndAwaitSnapshot();
            it.github.revoke(TOKEN);
            it.clock.advance(Duration.ofDays(1));
        } else {
            it.github.revoke(TOKEN);
            it.start();
        }
        it.awaitAccess(ReconciliationState.REFUSED);
        assertThat(it.status().detail()).contains("credentials").doesNotContain(TOKEN);
        assertThat(it.meter("muster.reconcile.access")).isZero();
        assertThat(it.meter("muster.reconcile.questions", "outcome", "refused")).isEqualTo(1);

        it.github.takes(TOKEN);
        it.clock.advance(Duration.ofMinutes(5));

        it.awaitSnapshot(it.clock.instant());
        it.awaitAccess(ReconciliationState.DONE);
        await("it is open").until(() -> it.meter("muster.reconcile.access") == 1);
    }

    @Test
    void asksAsAnAppWithATokenOfAnHour(@TempDir Path folder) throws GeneralSecurityException, IOException {
        organization("installed");
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        var file = folder.resolve("app.pem");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        it.github.revoke(TOKEN);
        it.github.knows("4711", pair.getPublic(), "installed");
        it.hasRepositories("payments");
        it.github.has(
                "/installation/repositories",
                "{\"total_count\":1,\"repositories\":[{\"full_name\":\"installed/payments\"}]}");
        it.github.has("/app/hook/config", "{\"url\":\"https://muster.acme.example/v1/webhooks/installed\"}");
        it.github.has("/app/hook/deliveries", "[" + delivery(7, "lost", "timed out", "2026-10-05T11:00:00Z") + "]");
        it.github.does("/app/hook/deliveries/7/attempts", body -> body);
        it.with("app-id", "4711").with("private-key-file", file.toString());

        it.startAndAwaitSnapshot();
        await("the repository").until(() -> it.state(it.repository("payments"), "repository") != null);
        assertThat(it.github.answered("POST /app/hook/deliveries/7/attempts")).isEqualTo(1);

        it.clock.advance(Duration.ofDays(1));
        it.awaitSnapshot(it.clock.instant());
        assertThat(it.github.answered("POST /app/installations/1/access_tokens"))
                .as("the first one is over")
                .isEqualTo(2);
        assertThat(it.github.calls())
                .filteredOn(call -> call.question().startsWith("GET /repos/"))
                .allMatch(call -> call.authorization().startsWith("Bearer ghs_"));
    }

    @Test
    void readsEveryPageAndAsksForNothingTwiceThatDidNotChange() {
        organization("paged");
        it.hasRepositories("payments");
        var alerts = new StringBuilder(alert(1, "2026-09-02T00:00:00Z"));
        for (var number = 2; number <= 250; number++) {
            alerts.append(",").append(alert(number, "2026-09-02T00:00:00Z"));
        }
        it.github.has("/repos/paged/payments/dependabot/alerts", "[" + alerts + "]");
        it.startAndAwaitSnapshot();
        await("all")
                .until(() ->
                        it.items(it.repository("payments"), "vulnerabilities").size() == 250);
        it.github.forgetCalls();

        it.clock.advance(Duration.ofDays(1));
        var nextDay = it.clock.instant();
        it.awaitSnapshot(nextDay);

        assertThat(it.github.calls())
                .filteredOn(call -> call.question().endsWith("/dependabot/alerts"))
                .extracting(Call::status)
                .containsExactly(304, 304, 304);
        await("still all, as of now")
                .until(() -> it.told(it.repository("payments")).stream()
                        .filter(told -> told.getChanges().getFirst().getFact().equals("vulnerabilities"))
                        .map(FactsObserved::getReceivedAt)
                        .anyMatch(at -> !at.isBefore(nextDay)));
        assertThat(it.items(it.repository("payments"), "vulnerabilities")).hasSize(250);
    }
}
