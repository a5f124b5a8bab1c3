package dev.muster.portal.acting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Operations;
import dev.muster.portal.Portal;
import dev.muster.portal.Told;
import dev.muster.portal.access.Browser;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Receipt;
import dev.muster.schemas.v1.ReceiptState;
import dev.muster.schemas.v1.Step;
import dev.muster.schemas.v1.StepKind;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// A portal whose people may act, with something to decide about, and what stands where ingest and notifier stand.
final class ActingStory {

    static final String ACTING = "a-token-to-act-for-others";
    static final String TEAM = "group:default/acting-team";
    static final String ENTITY = "component:default/acted";
    static final String PAGE = "/entities/" + ENTITY + "?scorecard=acting-card";
    static final String NEW = "/exemptions/new?entity=" + ENTITY + "&rule=coverage&scorecard=acting-card";
    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    static final OtherService OTHER = new OtherService();

    static final Portal PORTAL = start();

    private ActingStory() {}

    private static Portal start() {
        var properties = new HashMap<>(Map.of(
                "spring.cloud.stream.bindings.projectReadiness-in-0.group",
                "acting-readiness",
                "spring.cloud.stream.bindings.projectTrail-in-0.group",
                "acting-trail",
                "muster.acting.token",
                ACTING,
                "muster.portal.acting.ingest",
                OTHER.url(),
                "muster.portal.acting.notifier",
                OTHER.url() + "/",
                "muster.portal.acting.within",
                "2s"));
        person(properties, 0, "mona", "editor", TEAM, "");
        person(properties, 1, "victor", "viewer", TEAM, "exemptions");
        person(properties, 2, "erin", "editor", "", "exemptions,platform");
        var portal = Portal.start(TestBroker.shared(), TestPostgres.shared().newDatabase(), properties);
        var told = new Told(portal, "acting-card");
        told.publish("Acting");
        told.declare("acted", TEAM);
        told.happen(null, "acted", 1, "bronze", NOW, TransitionKind.BASELINE, "coverage", "FAIL");
        exemption(portal, "acting-monas", "mona", StepKind.REQUESTED);
        exemption(portal, "acting-adas", "ada", StepKind.REQUESTED);
        exemption(portal, "acting-approved", "ada", StepKind.REQUESTED, StepKind.APPROVED);
        portal.tell(portal.topics().deliveries(), "github/acting-1", delivery());
        portal.tell(portal.topics().deadLetters(), "github/acting-1", deadLetter(portal, "github/acting-1"));
        portal.tell(portal.topics().deadLetters(), "github/acting-2", deadLetter(portal, "github/acting-2"));
        portal.tell(
                portal.topics().receipts(),
                "acting-n",
                Receipt.newBuilder()
                        .setNotificationId("acting-n")
                        .setChannel("slack")
                        .setDestination("acting-room")
                        .setState(ReceiptState.FAILED)
                        .setReason("GONE")
                        .setAttempts(3)
                        .setAt(NOW)
                        .setOwner(TEAM)
                        .setEntities(List.of(ENTITY))
                        .build());
        // In this thread, which initialises the class: another one would wait for that for ever.
        await().pollInSameThread().untilAsserted(() -> {
            assertThat(portal.get(PAGE).body()).contains("rule-coverage");
            assertThat(portal.get("/exemptions?show=all").body()).contains("acting-adas", "w-acting-approved");
            assertThat(portal.get("/messages").body()).contains("acting-room");
            assertThat(portal.get("/dead-letters").body()).contains("github/acting-2");
            assertThat(portal.get("/deliveries/acting-1").statusCode()).isEqualTo(200);
        });
        return portal;
    }

    /// Signs in as `mona`, an editor of the team, `victor`, a viewer, or `erin`, who decides.
    static Browser signIn(String name) {
        var browser = new Browser();
        browser.submit(browser.open(PORTAL.url() + "/login"), "/login", Map.of("token", token(name)));
        return browser;
    }

    static String token(String name) {
        return "the-token-of-" + name;
    }

    /// What the notifier says of the team.
    static void preferences() {
        OTHER.answers("GET /v1/owners/group%3Adefault/acting-team", 200, """
                {"owner":"group:default/acting-team","known":true,"destinations":[
                 {"channel":"SLACK","name":"acting-room","from":"muster.dev/slack-webhook"},
                 {"channel":"EMAIL","name":"group:default/acting-team","address":"team@acme.example","from":"profile"}],
                 "preferences":[
                 {"name":"email","annotation":"muster.dev/email"},
                 {"name":"slackWebhook","annotation":"muster.dev/slack-webhook","catalogue":"acting-room"},
                 {"name":"destinations","annotation":"muster.dev/destinations"},
                 {"name":"quietHours","annotation":"muster.dev/quiet-hours","catalogue":"22:00-07:00"},
                 {"name":"digest","annotation":"muster.dev/digest","page":"daily","catalogue":"weekly"},
                 {"name":"weeklyReport","annotation":"muster.dev/weekly-report","catalogue":"never","problem":"is a day and a time"}],
                 "changedBy":"linus","changedAt":"2026-01-01T00:00:00Z",
                 "route":"default","digest":"DAILY","digestFrom":"page"}""");
        OTHER.answers("GET /v1/destinations", 200, """
                {"destinations":[{"name":"acting-room","channel":"SLACK","state":"PAUSED","reason":"UNREACHABLE","failures":3,
                 "pausedUntil":"2030-01-01T00:00:00Z","waiting":2,"failed":0}]}""");
        OTHER.answers(
                "GET /v1/unsubscribed?address=team%40acme.example",
                200, "{\"unsubscribed\":true,\"until\":\"2030-01-01T09:00:00Z\",\"reason\":\"we read the channel\"}");
    }

    /// What the notifier has not told yet.
    static String waiting() {
        return """
                {"notifications":[
                 {"id":"w-1","state":"GATHERING","kind":"REGRESSION","owner":"group:default/acting-team",
                  "createdAt":"2026-01-01T00:00:00Z","dueAt":"2030-01-01T09:00:00Z","route":"small","heldBecause":"DIGEST",
                  "transitions":[{"entity":"component:default/acted"}],"reminders":[],"deliveries":[]},
                 {"id":"w-2","state":"GATHERING","kind":"REMINDER","createdAt":"2026-01-01T00:00:00Z",
                  "dueAt":"2030-01-01T09:30:00Z","route":"default","heldBecause":"SILENCED",
                  "transitions":[],"reminders":[{}],"deliveries":[]},
                 {"id":"w-3","state":"READY","kind":"REGRESSION","headline":"acted regressed","createdAt":"2026-01-01T00:00:00Z",
                  "holds":[{"reason":"GROUPING"},{"reason":"MUTED"}],
                  "transitions":[],"reminders":[],"deliveries":[
                   {"channel":"slack","destination":"acting-room","state":"READY","reason":"RATE_LIMITED","attempts":2,
                    "nextAttemptAt":"2030-01-01T10:00:00Z"},
                   {"channel":"email","destination":"acting-team","state":"SENT","attempts":1}]}],
                 "next":"more"}""";
    }

    /// What ingest says of a replay.
    static String replay() {
        return """
                {"id":"r-1","connection":"github","since":"2026-01-01T00:00:00Z","until":"2026-01-01T00:00:01Z","dryRun":false,
                 "by":"erin","state":"done","read":3,"of":3,"deliveries":1,"facts":2,"unmapped":0,"failures":0,"startedAt":"x"}""";
    }

    /// What the notifier lists.
    static String silences() {
        return """
                {"silences":[
                 {"id":"s-1","state":"ACTIVE","matchers":{"rule":["coverage"]},"reason":"planned for Thursday","owner":"linus",
                  "createdAt":"%1$s","startsAt":"%1$s","endsAt":"2030-01-01T00:00:00Z"},
                 {"id":"s-2","state":"EXPIRED","matchers":{"owner":["%2$s"]},"reason":"long over","owner":"linus",
                  "createdAt":"%1$s","startsAt":"%1$s","endsAt":"2030-01-01T00:00:00Z","endedBy":"ada","endedAt":"%1$s"}]}""".formatted(NOW, TEAM);
    }

    private static void person(
            Map<String, String> properties, int index, String name, String role, String groups, String duties) {
        var prefix = "muster.tokens[" + index + "].";
        properties.put(prefix + "name", name);
        properties.put(prefix + "sha256", sha256(token(name)));
        properties.put(prefix + "roles", role);
        properties.put(prefix + "groups", groups);
        properties.put(prefix + "duties", duties);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    private static void exemption(Portal portal, String id, String by, StepKind... steps) {
        portal.tell(
                portal.topics().exemptions(),
                id,
                Exemption.newBuilder()
                        .setId(id)
                        .setEntity(ENTITY)
                        .setRule("coverage")
                        .setReason("replaced next month")
                        .setExpiresAt(NOW.plus(Duration.ofDays(30)))
                        .setSteps(java.util.Arrays.stream(steps)
                                .map(it -> Step.newBuilder()
                                        .setKind(it)
                                        .setActor(it == StepKind.REQUESTED ? by : "linus")
                                        .setAt(NOW)
                                        .setRequestId("request")
                                        .build())
                                .toList())
                        .build());
    }

    private static Delivery delivery() {
        return Delivery.newBuilder()
                .setId("acting-1")
                .setConnection("github")
                .setSource("github")
                .setReceivedAt(NOW)
                .setContentType("application/json")
                .setHeaders(Map.of())
                .setBody(ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static DeadLetter deadLetter(Portal portal, String key) {
        return DeadLetter.newBuilder()
                .setTopic(portal.topics().deliveries().name())
                .setPartition(0)
                .setOffset(Operations.offsetOf(key))
                .setKey(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
                .setTimestamp(NOW)
                .setService("ingest-service")
                .setStage("normaliser")
                .setReason("MAPPING_FAILED")
                .setMessage("no such key: alert.number")
                .setFailedAt(NOW)
                .build();
    }
}
