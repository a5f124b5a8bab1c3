package dev.muster.portal.acting;

import static dev.muster.portal.acting.ActingStory.ACTING;
import static dev.muster.portal.acting.ActingStory.ENTITY;
import static dev.muster.portal.acting.ActingStory.NEW;
import static dev.muster.portal.acting.ActingStory.NOW;
import static dev.muster.portal.acting.ActingStory.OTHER;
import static dev.muster.portal.acting.ActingStory.PAGE;
import static dev.muster.portal.acting.ActingStory.PORTAL;
import static dev.muster.portal.acting.ActingStory.TEAM;
import static dev.muster.portal.acting.ActingStory.preferences;
import static dev.muster.portal.acting.ActingStory.signIn;
import static dev.muster.portal.acting.ActingStory.silences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.Portal;
import dev.muster.portal.access.Browser;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people do in the portal: what it offers to whom, in whose name it asks, and how it shows the answer.
class ActingTest {

    @BeforeEach
    void reset() {
        OTHER.reset();
    }

    // ---- who is offered what

    @Test
    void offersAStrangerNothingAndSendsThemToSignIn() {
        assertThat(PORTAL.get(PAGE).body()).doesNotContain("/exemptions/new", "<form method=\"post\"");
        assertThat(PORTAL.get("/exemptions").body()).doesNotContain("Approve", "method=\"post\"");
        for (var path : List.of(
                NEW,
                "/attestations/new",
                "/silences",
                "/silences/new",
                "/messages/waiting",
                "/teams/" + TEAM + "/preferences",
                "/dead-letters/replay",
                "/dead-letters/replays/r-1")) {
            var answer = new Browser().once(URI.create(PORTAL.url() + path));
            assertThat(answer.statusCode()).as(path).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/login");
        }
    }

    @Test
    void offersAViewerNothingAndRefusesWhatTheyForge() {
        var victor = signIn("victor");
        assertThat(open(victor, PAGE).body()).doesNotContain("/exemptions/new", "/silences/new");
        assertThat(open(victor, "/exemptions").body()).doesNotContain("Approve");
        assertThat(open(victor, "/dead-letters").body()).doesNotContain("/dead-letters/replay");
        assertThat(open(victor, "/messages").body()).doesNotContain("Try again");
        assertThat(open(victor, NEW).statusCode()).isEqualTo(403);
        assertThat(open(victor, "/dead-letters/replays/r-1").statusCode()).isEqualTo(403);
        var account = open(victor, "/account");
        OTHER.reset();
        for (var path : List.of(
                "/exemptions/new",
                "/attestations/new",
                "/exemptions/acting-adas",
                "/silences/new",
                "/silences/x/end",
                "/teams/" + TEAM + "/preferences",
                "/dead-letters/replay",
                "/messages/acting-n/redrive")) {
            var forged = victor.fill(account, path, Map.of("decision", "approve", "destination", "x", "test", "x"));
            assertThat(forged.statusCode()).as(path).isEqualTo(403);
        }
        assertThat(OTHER.calls()).isEmpty();
    }

    @Test
    void takesNoFormOfAStrangersPage() {
        var mona = signIn("mona");
        var forged = mona.post(URI.create(PORTAL.url() + "/exemptions/acting-adas"), Map.of("decision", "approve"));

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(OTHER.calls()).isEmpty();
    }

    @Test
    void offersToDecideToWhoMayAndNeverToWhoAsked() {
        var erin = signIn("erin");
        assertThat(open(erin, "/exemptions").body()).contains("d-acting-adas", "d-acting-monas", "Approve");
        assertThat(open(erin, "/exemptions/acting-approved").body())
                .contains("value=\"revoke\"")
                .doesNotContain("value=\"approve\"");

        var mona = signIn("mona");
        assertThat(open(mona, "/exemptions").body())
                .doesNotContain("value=\"approve\"")
                .contains("somebody else has to decide");
        assertThat(open(mona, "/exemptions/acting-monas").body())
                .contains("value=\"revoke\"")
                .doesNotContain("value=\"approve\"", "value=\"deny\"");
        assertThat(open(mona, "/exemptions/acting-adas").body()).doesNotContain("method=\"post\"");
        assertThat(open(mona, "/exemptions/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void signsNobodyInWithTheTokenThatActs() {
        var browser = new Browser();
        var page = browser.submit(browser.open(PORTAL.url() + "/login"), "/login", Map.of("token", ACTING));

        assertThat(page.body()).contains("does not know this token");
        assertThat(PORTAL.get("/api/v1/me", "Authorization", "Bearer " + ACTING).statusCode())
                .isEqualTo(403);
    }

    // ---- exemptions and attestations

    @Test
    void decidesInTheNameOfWhoSignedIn() {
        OTHER.answers("POST /v1/exemptions/acting-adas/approve", 200, "{}");
        var erin = signIn("erin");

        var after =
                submit(erin, "/exemptions/acting-adas", Map.of("decision", "approve", "comment", "until the release"));

        assertThat(after.body()).contains("Approved. The rule is judged again");
        var call = OTHER.calls().getFirst();
        assertThat(call.authorization()).isEqualTo("Bearer " + ACTING);
        assertThat(call.person().toString())
                .isEqualTo("{\"name\":\"erin\",\"roles\":[\"EDITOR\"],\"groups\":[],\"duties\":[%s]}"
                        .formatted(
                                call.person().path("duties").get(0).asString().equals("platform")
                                        ? "\"platform\",\"exemptions\""
                                        : "\"exemptions\",\"platform\""));
        assertThat(call.body().toString()).isEqualTo("{\"comment\":\"until the release\"}");
    }

    @Test
    void showsWhyADecisionIsRefusedAndKeepsTheNote() {
        OTHER.answers(
                "POST /v1/exemptions/acting-adas/deny",
                409,
                "{\"title\":\"x\",\"detail\":\"The exemption is approved already; all that can be done to it: revoke\"}");
        var erin = signIn("erin");

        var after = erin.fill(
                open(erin, "/exemptions/acting-adas"),
                "/exemptions/acting-adas",
                Map.of("decision", "deny", "comment", "not <now>"));

        assertThat(after.statusCode()).isEqualTo(422);
        assertThat(after.body()).contains("is approved already", "not &lt;now&gt;</textarea>");
    }

    @Test
    void asksForAnExemptionOfEachFinding() {
        OTHER.answers("POST /v1/exemptions", 201, "{\"id\":\"e\"}");
        var mona = signIn("mona");
        assertThat(open(mona, PAGE).body()).contains("/exemptions/new?entity=", "/attestations/new?entity=");

        var after = mona.submit(
                open(mona, NEW),
                "/exemptions/new",
                asked("expires", "2030-01-01", "finding", "CVE-1\r\nCVE-2, CVE-1", "only", "true"));

        assertThat(after.uri().getPath()).isEqualTo("/entities/" + ENTITY);
        assertThat(after.body()).contains("Asked for.");
        assertThat(OTHER.calls())
                .extracting(it -> it.by() + " " + it.body().path("finding").asString())
                .containsExactly("mona CVE-1", "mona CVE-2");
        assertThat(OTHER.last().body().toString())
                .isEqualTo(
                        "{\"entity\":\"%s\",\"rule\":\"coverage\",\"scorecard\":\"acting-card\",\"expires\":\"2030-01-01\","
                                        .formatted(ENTITY)
                                + "\"finding\":\"CVE-2\",\"reason\":\"replaced next month\"}");
    }

    @Test
    void showsEveryMistakeAtItsFieldAndKeepsWhatWasTyped() {
        OTHER.answers("POST /v1/exemptions", 422, """
                {"title":"The content has mistakes","errors":[
                 {"path":"expires","message":"has passed: 2020-01-01T00:00:00Z"},
                 {"path":"reason","message":"has 3 characters; at least 10 say enough"},
                 {"path":"finding","message":"has 400 characters, more than 300"}]}""");
        var mona = signIn("mona");

        var after = mona.fill(
                open(mona, NEW),
                "/exemptions/new",
                asked("reason", "tbd", "expires", "2020-01-01", "finding", "CVE-1"));

        assertThat(after.statusCode()).isEqualTo(422);
        assertThat(after.body())
                .contains(
                        "has passed: 2020-01-01",
                        "at least 10 say enough",
                        "more than 300",
                        ">tbd</textarea>",
                        "value=\"2020-01-01\"",
                        ">CVE-1</textarea>")
                .containsPattern("id=\"f-expires\"[^>]*aria-invalid=\"true\"")
                .doesNotContain("id=\"mistake\"");
    }

    @Test
    void attestsAndShowsWhoMay() {
        OTHER.answers(
                "POST /v1/attestations",
                403,
                "{\"detail\":\"To attest this rule takes the role admin, or the duty security\"}");
        var mona = signIn("mona");
        var fields = Map.of(
                "entity",
                ENTITY,
                "rule",
                "coverage",
                "scorecard",
                "acting-card",
                "evidence",
                "https://wiki/x",
                "expires",
                "2030-01-01");

        var refused = mona.fill(open(mona, NEW.replace("exemptions", "attestations")), "/attestations/new", fields);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("or the duty security", "https://wiki/x</textarea>");

        OTHER.answers("POST /v1/attestations", 201, "{}");
        assertThat(mona.submit(refused, "/attestations/new", fields).body()).contains("Attested.");
        assertThat(OTHER.last().by()).isEqualTo("mona");
    }

    // ---- the other service is away

    @Test
    void saysThatTheOtherServiceIsSlowAndKeepsWhatWasTyped() {
        OTHER.neverAnswers("POST /v1/exemptions");
        var mona = signIn("mona");

        var after = mona.fill(open(mona, NEW), "/exemptions/new", asked("expires", "2030-01-01"));

        assertThat(after.statusCode()).isEqualTo(422);
        assertThat(after.body())
                .contains("The ingest-service did not answer within 2 s", ">replaced next month</textarea>");
    }

    @Test
    void saysWhoIsAwayOrBroke() {
        OTHER.answers("GET /api/v1/silences", 503, "{\"detail\":\"x\"}");
        var mona = signIn("mona");
        assertThat(open(mona, "/silences").body()).contains("The notifier-service cannot do this now");
        OTHER.answers("GET /api/v1/silences", 500, "oops");
        assertThat(open(mona, "/silences").body()).contains("The notifier-service broke over it (500)");
        OTHER.answers("GET /api/v1/silences", 401, "{}");
        assertThat(open(mona, "/silences").body()).contains("does not know this portal");
    }

    @Test
    void saysThatNobodyIsThere() {
        var gone = new OtherService();
        var nowhere = gone.url();
        gone.close();
        try (var alone = Portal.start(
                TestBroker.shared(),
                TestPostgres.shared().newDatabase(),
                Map.of(
                        "spring.cloud.stream.bindings.projectReadiness-in-0.consumer.auto-startup",
                        "false",
                        "spring.cloud.stream.bindings.projectTrail-in-0.consumer.auto-startup",
                        "false",
                        "muster.acting.token",
                        ACTING,
                        "muster.portal.acting.notifier",
                        nowhere))) {
            var browser = new Browser();
            browser.submit(
                    browser.open(alone.url() + "/login"), "/login", Map.of("token", "a-test-token-of-some-length"));
            assertThat(browser.open(alone.url() + "/silences").body())
                    .contains("The notifier-service is not there now");
        }
    }

    // ---- silences

    @Test
    void listsSilencesWithOwnerReasonAndEnd() {
        OTHER.answers("GET /api/v1/silences", 200, silences());
        var mona = signIn("mona");

        assertThat(open(mona, "/silences").body())
                .contains("Holds back", "planned for Thursday", "by <span>linus</span>", "End it now", "rule</span>")
                .doesNotContain("long over");
        assertThat(open(mona, "/silences?show=past").body())
                .contains("long over", "Ended early")
                .doesNotContain("planned for Thursday", "End it now");
        assertThat(open(signIn("victor"), "/silences").body())
                .contains("planned for Thursday")
                .doesNotContain("End it now", "/silences/new");
    }

    @Test
    void sortsSilencesByWhatTheAddressSays() {
        OTHER.answers("GET /api/v1/silences", 200, """
                {"silences":[%s,%s,%s]}""".formatted(
                        silence("ada", "2026-11-01", "2030-01-03"),
                        silence("mona", "2026-11-03", "2030-01-02"),
                        silence("linus", "2026-11-02", "2030-01-01")));
        var mona = signIn("mona");

        assertThat(open(mona, "/silences").body())
                .containsSubsequence("by <span>mona", "by <span>linus", "by <span>ada");
        assertThat(open(mona, "/silences?sort=made").body())
                .containsSubsequence("by <span>ada", "by <span>linus", "by <span>mona");
        assertThat(open(mona, "/silences?sort=ends").body())
                .contains("sort=-ends", ", ascending")
                .containsSubsequence("by <span>linus", "by <span>mona", "by <span>ada");
        assertThat(open(mona, "/silences?sort=-owner").body())
                .containsSubsequence("by <span>mona", "by <span>linus", "by <span>ada");
        assertThat(mona.open(PORTAL.url() + "/silences?sort=nonsense").statusCode())
                .isEqualTo(400);
    }

    private static String silence(String owner, String made, String ends) {
        return """
                {"id":"of-%1$s","state":"ACTIVE","matchers":{"rule":["coverage"]},"reason":"planned","owner":"%1$s",
                 "createdAt":"%2$sT00:00:00Z","startsAt":"%2$sT00:00:00Z","endsAt":"%3$sT00:00:00Z"}""".formatted(owner, made, ends);
    }

    @Test
    void silencesWhatTheFormSays() {
        OTHER.answers("POST /api/v1/silences", 201, "{}");
        OTHER.answers("GET /api/v1/silences", 200, silences());
        var mona = signIn("mona");
        var form = open(mona, "/silences/new?entity=" + ENTITY + "&rule=coverage");
        assertThat(form.body()).contains("value=\"" + ENTITY + "\"", "value=\"coverage\"");

        var after = mona.submit(
                form,
                "/silences/new",
                Map.of(
                        "matchers.entity", ENTITY,
                        "matchers.rule", "coverage, tests-pass",
                        "reason", "the upgrade is planned",
                        "startsAt", "",
                        "endsAt", "2030-06-11T18:00"));

        assertThat(after.body()).contains("Silenced.");
        assertThat(OTHER.calls().getFirst().body().toString()).isEqualTo("""
                {"matchers":{"entity":["%s"],"rule":["coverage","tests-pass"]},"reason":"the upgrade is planned","endsAt":"2030-06-11T18:00Z"}""".formatted(ENTITY));
    }

    @Test
    void showsWhatIsWrongWithASilence() {
        OTHER.answers("POST /api/v1/silences", 422, """
                {"errors":[{"path":"matchers.tier","message":"'tier' is a number, not 'x'"},
                 {"path":"endsAt","message":"a silence begins within and lasts 30 days at most"},
                 {"path":"matchers","message":"would silence everything; say what"}]}""");
        var mona = signIn("mona");

        var after = mona.fill(
                open(mona, "/silences/new"),
                "/silences/new",
                Map.of("matchers.tier", "x", "reason", "because", "endsAt", "2099-01-01T00:00"));

        assertThat(after.statusCode()).isEqualTo(422);
        assertThat(after.body())
                .contains(
                        "is a number",
                        "30 days at most",
                        "would silence everything",
                        "value=\"2099-01-01T00:00\"",
                        "<details class=\"plain\" id=\"more\" open");
    }

    @Test
    void endsASilenceOrSaysWhyNot() {
        OTHER.answers("GET /api/v1/silences", 200, silences());
        OTHER.answers("DELETE /api/v1/silences/s-1", 403, "{\"detail\":\"This takes the role admin\"}");
        var mona = signIn("mona");

        assertThat(mona.submit(open(mona, "/silences"), "/silences/s-1/end", Map.of())
                        .body())
                .contains("This takes the role admin", "planned for Thursday");

        OTHER.answers("DELETE /api/v1/silences/s-1", 200, "{}");
        assertThat(mona.submit(open(mona, "/silences"), "/silences/s-1/end", Map.of())
                        .body())
                .contains("Ended. What it held back");
    }

    // ---- preferences

    @Test
    void showsHowATeamIsToldAndLetsItsMembersTryIt() {
        preferences();
        OTHER.answers(
                "POST /v1/destinations/test?name=acting-room",
                200,
                "{\"destination\":\"acting-room\",\"outcome\":\"FAILED\",\"reason\":\"GONE\",\"mayPass\":false}");
        var mona = signIn("mona");
        var path = "/teams/" + TEAM + "/preferences";
        var page = open(mona, path);

        assertThat(page.body())
                .contains(
                        "muster.dev/slack-webhook",
                        "paused: unreachable",
                        "2 messages wait",
                        "wants no mail until 1 Jan 2030, 09:00:00 UTC",
                        "we read the channel",
                        "Subscribe again",
                        "22:00-07:00",
                        "one daily digest",
                        "Send a test message to acting-room",
                        "Send a test message to " + TEAM);
        assertThat(mona.submit(page, path, Map.of("test", "acting-room")).body())
                .contains("The test did not arrive at", "gone");
        assertThat(OTHER.calls())
                .anySatisfy(it -> assertThat(it.call() + " " + it.by())
                        .startsWith("POST /v1/destinations/test?name=acting-room mona"));
        assertThat(open(signIn("erin"), path).body())
                .contains("acting-room")
                .doesNotContain("Send a test", "Subscribe again");
    }

    @Test
    void subscribesOnlyAnAddressOfTheOwnTeamAgain() {
        preferences();
        OTHER.answers("DELETE /v1/unsubscribed?address=team%40acme.example", 204, "");
        var mona = signIn("mona");
        var path = "/teams/" + TEAM + "/preferences";

        assertThat(mona.submit(open(mona, path), path, Map.of("address", "team@acme.example"))
                        .body())
                .contains("Mail is sent to this address again");
        assertThat(mona.fill(open(mona, path), path, Map.of("address", "boss@acme.example"))
                        .body())
                .contains("not of this team");
        var erin = signIn("erin");
        assertThat(erin.fill(open(erin, "/exemptions"), path, Map.of("address", "team@acme.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(OTHER.calls())
                .filteredOn(it -> it.call().startsWith("DELETE"))
                .extracting(OtherService.Call::by)
                .containsExactly("mona");
    }

    @Test
    void letsMembersSayHowTheirTeamIsTold() {
        preferences();
        var said = "/v1/owners/group%3Adefault/acting-team/preferences";
        OTHER.answers("PUT " + said, 422, "{\"errors\":[{\"path\":\"digest\",\"message\":\"is immediate or daily\"}]}");
        var mona = signIn("mona");
        var path = "/teams/" + TEAM + "/preferences";
        var page = open(mona, path);
        assertThat(page.body())
                .contains(
                        "name=\"digest\" value=\"daily\"",
                        "placeholder=\"22:00-07:00\"",
                        "Said by this page",
                        "Left empty, <code>muster.dev/quiet-hours</code> counts",
                        "is a day and a time",
                        "Changed by <span>linus</span>");

        var wrong = mona.submit(page, path, Map.of("save", "true", "digest", "sometimes", "quietHours", "none"));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("is immediate or daily", "value=\"sometimes\"", "value=\"none\"");
        OTHER.answers("PUT " + said, 200, "{}");
        assertThat(mona.submit(page, path, Map.of("save", "true", "digest", "weekly"))
                        .body())
                .contains("Kept. It counts for the next message.");
        assertThat(OTHER.calls())
                .filteredOn(it -> it.call().equals("PUT " + said))
                .last()
                .satisfies(it -> {
                    assertThat(it.by()).isEqualTo("mona");
                    assertThat(it.body().path("digest").asString()).isEqualTo("weekly");
                    assertThat(it.body().propertyNames())
                            .containsExactlyInAnyOrder(
                                    "email", "slackWebhook", "destinations", "quietHours", "digest", "weeklyReport");
                });
        OTHER.answers("DELETE " + said, 200, "{}");
        assertThat(mona.submit(open(mona, path), path, Map.of("forget", "true")).body())
                .contains("Kept.");
    }

    @Test
    void showsOthersWhatATeamSaysAndTakesNothingFromThem() {
        preferences();
        var erin = signIn("erin");
        var path = "/teams/" + TEAM + "/preferences";

        assertThat(open(erin, path).body())
                .contains("What the team says", "muster.dev/quiet-hours", "this page")
                .doesNotContain("Keep it", "Leave all of it");
        assertThat(erin.fill(open(erin, "/exemptions"), path, Map.of("save", "true", "digest", "daily"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(OTHER.calls()).noneMatch(it -> it.call().startsWith("PUT"));
    }

    // ---- dead letters and messages

    @Test
    void replaysOneDeliveryAndShowsWhatCameOfIt() {
        OTHER.answers("POST /v1/replays", 202, "{\"id\":\"r-1\"}");
        OTHER.answers("GET /v1/replays/r-1", 200, ActingStory.replay());
        var erin = signIn("erin");
        var page = open(erin, "/dead-letters");
        assertThat(page.body()).contains("Replay github/acting-1").doesNotContain("Replay github/acting-2");

        var after = erin.submit(
                page,
                "/dead-letters/replay",
                Map.of(
                        "connection",
                        "github",
                        "since",
                        NOW.toString(),
                        "until",
                        NOW.plusMillis(1).toString()));

        assertThat(after.body())
                .contains("Replay of github", "Done", "Facts told")
                .doesNotContain("hx-get");
        assertThat(OTHER.calls().getFirst().body().toString())
                .isEqualTo("{\"connection\":\"github\",\"since\":\"%s\",\"until\":\"%s\",\"dryRun\":false}"
                        .formatted(NOW, NOW.plusMillis(1)));
        assertThat(open(signIn("mona"), "/dead-letters").body()).doesNotContain("/dead-letters/replay");
    }

    @Test
    void showsWhyAReplayDoesNotBegin() {
        OTHER.answers(
                "POST /v1/replays",
                422,
                "{\"errors\":[{\"path\":\"connection\",\"message\":\"is none of the connections github\"}]}");
        var erin = signIn("erin");

        var after = erin.fill(
                open(erin, "/dead-letters/replay"),
                "/dead-letters/replay",
                Map.of("connection", "gitlub", "since", "7d"));

        assertThat(after.statusCode()).isEqualTo(422);
        assertThat(after.body()).contains("is none of the connections", "value=\"gitlub\"", "value=\"7d\"");
    }

    @Test
    void triesAMessageAgainThatFailed() {
        OTHER.answers("POST /v1/notifications/acting-n/redrive?destination=acting-room", 200, "{\"deliveries\":1}");
        var mona = signIn("mona");
        var page = open(mona, "/messages");
        assertThat(page.body()).contains("Try slack to acting-room again", "/silences/new?entity=");

        assertThat(mona.submit(page, "/messages/acting-n/redrive", Map.of("destination", "acting-room"))
                        .body())
                .contains("Tried again.");

        OTHER.answers(
                "POST /v1/notifications/acting-n/redrive?destination=acting-room",
                409,
                "{\"detail\":\"Nothing failed there that could be tried again.\"}");
        assertThat(mona.submit(page, "/messages/acting-n/redrive", Map.of("destination", "acting-room"))
                        .body())
                .contains("Nothing failed there");
    }

    @Test
    void showsWhatWaitsWhyAndUntilWhen() {
        OTHER.answers("GET /api/v1/notifications?state=GATHERING,READY", 200, ActingStory.waiting());
        var page = open(signIn("victor"), "/messages/waiting").body();

        assertThat(page)
                .contains(
                        "Collected for a digest",
                        "datetime=\"2030-01-01T09:00:00Z\"",
                        "Held back by a silence",
                        "href=\"/silences\">silences",
                        "acted regressed",
                        "gathers what belongs to it, held back by quiet hours or a mute time",
                        "slack to acting-room",
                        "2 attempts",
                        "rate limited",
                        "datetime=\"2030-01-01T10:00:00Z\"",
                        "about</span> <a href=\"" + PAGE.replaceAll("\\?.*", ""))
                .contains("cursor=more")
                .doesNotContain("email to acting-team");
        OTHER.answers("GET /api/v1/notifications?state=GATHERING,READY&owner=nobody", 200, "{\"notifications\":[]}");
        assertThat(open(signIn("victor"), "/messages/waiting?owner=nobody").body())
                .contains("Nothing waits");
        assertThat(open(signIn("victor"), "/messages/waiting?owner=unscripted").body())
                .contains("Not done.", "not scripted");
    }

    // ---- the story

    private static Map<String, String> asked(String... more) {
        var fields = new HashMap<>(Map.of(
                "entity", ENTITY, "rule", "coverage", "scorecard", "acting-card", "reason", "replaced next month"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    private static HttpResponse<String> open(Browser browser, String path) {
        return browser.open(PORTAL.url() + path);
    }

    private static HttpResponse<String> submit(Browser browser, String path, Map<String, String> fields) {
        return browser.submit(open(browser, path), path, fields);
    }
}
