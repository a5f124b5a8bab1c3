package dev.muster.acceptance;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testkit.FakeSlack;
import dev.muster.testkit.Http;
import dev.muster.testkit.Installation;
import dev.muster.testkit.Platform;
import dev.muster.testkit.Signed;
import dev.muster.testkit.TopicReader.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running Muster as tools, owners and downstream systems see it.
final class Muster {

    static final String TRANSITIONS = "muster.transitions.v1";

    /// Channels of the two destinations that a team can name, `payments` and `crashing`.
    static final String PAYMENTS_CHANNEL = "C0PAYMENTS";

    static final String CRASHING_CHANNEL = "C0CRASHING";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> TOPICS = List.of(
            "muster.deliveries.v1",
            "muster.facts.v1",
            "muster.catalog.v1",
            "muster.scorecards.v1",
            "muster.results.v1",
            TRANSITIONS,
            "muster.receipts.v1",
            "muster.dead-letters.v1");

    private static final JsonMapper JSON = new JsonMapper();

    private final Installation installation;

    private Muster(Installation installation) {
        this.installation = installation;
    }

    private static final class Shared {
        private static final FakeSlack SLACK = FakeSlack.start();
        private static final Platform PLATFORM = Platform.start(Map.ofEntries(
                entry("MUSTER_NOTIFIER_GROUPWAIT", "1s"),
                entry("MUSTER_NOTIFIER_SLACK_APIURL", SLACK.api().toString()),
                entry(
                        "MUSTER_NOTIFIER_OUTBOUND_ALLOWEDHOSTS",
                        "http://localhost:" + SLACK.port() + ",http://127.0.0.1:" + SLACK.port()),
                entry("MUSTER_NOTIFIER_OUTBOUND_ALLOWEDNETWORKS", "127.0.0.0/8,::1/128"),
                entry("MUSTER_NOTIFIER_DESTINATIONS_PAYMENTS_TYPE", "slack-bot"),
                entry("MUSTER_NOTIFIER_DESTINATIONS_PAYMENTS_TOKEN", "xoxb-test-token"),
                entry("MUSTER_NOTIFIER_DESTINATIONS_PAYMENTS_CHANNEL", PAYMENTS_CHANNEL),
                entry("MUSTER_NOTIFIER_DESTINATIONS_CRASHING_TYPE", "slack-bot"),
                entry("MUSTER_NOTIFIER_DESTINATIONS_CRASHING_TOKEN", "xoxb-test-token"),
                entry("MUSTER_NOTIFIER_DESTINATIONS_CRASHING_CHANNEL", CRASHING_CHANNEL),
                entry("MUSTER_NOTIFIER_DESTINATIONS_TRACED_TYPE", "slack-webhook"),
                entry(
                        "MUSTER_NOTIFIER_DESTINATIONS_TRACED_URL",
                        SLACK.webhook("traced").toString()),
                // What a process that was killed was sending is taken over sooner than operators need it: after this
                // and ten seconds.
                entry("MUSTER_NOTIFIER_SENDWITHIN", "11s")));
        private static final Muster MUSTER = new Muster(PLATFORM);
    }

    /// The one that all stories of the local platform share: it starts once, and each story has entities of its own.
    static Muster shared() {
        return Shared.MUSTER;
    }

    /// One that somebody else started.
    static Muster at(Installation installation) {
        return new Muster(installation);
    }

    /// The Slack of the shared one.
    FakeSlack slack() {
        return Shared.SLACK;
    }

    /// The local platform of the shared one.
    Platform platform() {
        return Shared.PLATFORM;
    }

    Installation installation() {
        return installation;
    }

    // ---- tools and people who declare

    JsonNode apply(String catalog) {
        return accepted(
                installation.ingest().with("Content-Type", "application/yaml").put("/v1/catalog", catalog));
    }

    JsonNode publish(String scorecard) {
        return accepted(
                installation.ingest().with("Content-Type", "application/yaml").put("/v1/scorecards", scorecard));
    }

    private static JsonNode accepted(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    void send(Delivery delivery) {
        var answer = installation.github(delivery.event(), delivery.id(), bytes(delivery));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    /// Sends it as a caller that is traced.
    void send(Delivery delivery, String traceParent) {
        var secret = installation.secret("MUSTER_SECRET_GITHUB");
        var answer = Http.at(installation.ingestUrl())
                .with(Signed.githubHeaders(secret, delivery.event(), delivery.id(), bytes(delivery)))
                .with("traceparent", traceParent)
                .post("/v1/webhooks/github", bytes(delivery));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    void sendAll(List<Delivery> deliveries) {
        deliveries.forEach(this::send);
    }

    Http.Answer post(String connection, Delivery delivery, String secret) {
        return Http.at(installation.ingestUrl())
                .with(Signed.githubHeaders(secret, delivery.event(), delivery.id(), bytes(delivery)))
                .post("/v1/webhooks/" + connection, bytes(delivery));
    }

    Http.Answer postUnsigned(String connection, Delivery delivery) {
        return Http.at(installation.ingestUrl())
                .with(Map.of(
                        "Content-Type", "application/json",
                        "X-GitHub-Event", delivery.event(),
                        "X-GitHub-Delivery", delivery.id()))
                .post("/v1/webhooks/" + connection, bytes(delivery));
    }

    private static byte[] bytes(Delivery delivery) {
        return delivery.body().getBytes(StandardCharsets.UTF_8);
    }

    // ---- people who look at the portal

    JsonNode scorecard(String entity, String scorecard) {
        return installation
                .portal()
                .get("/api/v1/entities/%s/scorecards/%s".formatted(entity, scorecard))
                .json();
    }

    JsonNode rule(String entity, String scorecard, String rule) {
        return scorecard(entity, scorecard)
                .path("rules")
                .valueStream()
                .filter(node -> node.path("id").asString().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule + " is not in " + scorecard(entity, scorecard)));
    }

    /// Level, score, coverage and outcomes: what must not depend on any order.
    List<Object> standing(String entity, String scorecard) {
        var node = scorecard(entity, scorecard);
        var outcomes = node.path("rules")
                .valueStream()
                .map(rule ->
                        rule.path("id").asString() + " " + rule.path("outcome").asString() + " "
                                + rule.path("message").asString())
                .toList();
        return List.of(
                node.path("level").toString(),
                node.path("score").asInt(),
                node.path("coverage").asInt(),
                outcomes);
    }

    void awaitOutcome(String entity, String scorecard, String rule, String outcome) {
        await("%s of %s becomes %s".formatted(rule, entity, outcome))
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                rule(entity, scorecard, rule).path("outcome").asString())
                        .isEqualTo(outcome));
    }

    /// Waits until an exemption of the entity waits for a decision. Its id.
    String awaitExemption(String entity) {
        return await("an exemption of " + entity)
                .atMost(PATIENCE)
                .until(
                        () -> installation
                                .portal()
                                .get("/api/v1/exemptions?show=open&limit=200")
                                .json()
                                .path("items")
                                .valueStream()
                                .filter(it -> it.path("entity").asString().equals(entity))
                                .map(it -> it.path("id").asString())
                                .findFirst()
                                .orElse(""),
                        id -> !id.isEmpty());
    }

    /// Waits until the audit log says who did what to something, in these words.
    void awaitAudit(String about, String words) {
        await("the audit log says " + words)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(installation
                                .portal()
                                .get("/api/v1/audit?limit=200&about=" + about)
                                .json()
                                .path("items")
                                .valueStream()
                                .map(it -> "%s %s %s"
                                        .formatted(
                                                it.path("actor").asString(),
                                                it.path("action").asString(),
                                                it.path("comment").asString("")))
                                .toList())
                        .anySatisfy(it -> assertThat(it).startsWith(words)));
    }

    void awaitRule(String entity, String scorecard, String rule, String outcome, String message) {
        await("%s of %s becomes %s: %s".formatted(rule, entity, outcome, message))
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    var node = rule(entity, scorecard, rule);
                    assertThat(node.path("outcome").asString()).isEqualTo(outcome);
                    assertThat(node.path("message").asString()).isEqualTo(message);
                });
    }

    void awaitUnclaimed(String subject) {
        await(subject + " is shown as unclaimed")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(installation
                                .portal()
                                .get("/api/v1/subjects?unclaimed=true")
                                .body())
                        .contains(subject));
    }

    // ---- owners

    /// Mail to an address, oldest first, each with its whole text.
    List<JsonNode> mailsTo(String address) {
        var mail = Http.at(installation.mailUrl());
        var found = new ArrayList<JsonNode>();
        for (var summary : mail.get("/api/v1/messages?limit=500").json().path("messages")) {
            var to = summary.path("To")
                    .valueStream()
                    .map(node -> node.path("Address").asString());
            if (to.anyMatch(address::equals)) {
                found.addFirst(mail.get("/api/v1/message/" + summary.path("ID").asString())
                        .json());
            }
        }
        return found;
    }

    List<JsonNode> awaitMailsTo(String address, int count) {
        return await("%d mails to %s".formatted(count, address))
                .atMost(PATIENCE)
                .until(() -> mailsTo(address), mails -> mails.size() >= count);
    }

    /// What was posted to a channel of Slack, in order.
    List<JsonNode> slackPosts(String channel) {
        return slack().apiCalls().stream()
                .map(call -> JSON.readTree(call.body()))
                .filter(post -> post.path("channel").asString().equals(channel))
                .toList();
    }

    List<JsonNode> awaitSlackPosts(String channel, int count) {
        return await("%d messages in %s".formatted(count, channel))
                .atMost(PATIENCE)
                .until(() -> slackPosts(channel), posts -> posts.size() >= count);
    }

    /// What became of the messages about an entity, by notification and channel.
    List<JsonNode> receipts(String entity) {
        return installation
                .portal()
                .get("/api/v1/receipts?entity=" + entity)
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    // ---- downstream systems

    List<GenericRecord> transitions(String entity) {
        return installation.topics().read(TRANSITIONS).stream()
                .filter(message -> entity.equals(message.key()))
                .map(Message::value)
                .filter(Objects::nonNull)
                .toList();
    }

    List<GenericRecord> transitions(String entity, String scorecard) {
        return transitions(entity).stream()
                .filter(transition -> transition.get("scorecard").toString().equals(scorecard))
                .toList();
    }

    static GenericRecord record(GenericRecord parent, String field) {
        return (GenericRecord) parent.get(field);
    }

    /// Waits until at least `count` committed records have a key that begins so.
    void awaitRecords(String topic, String keyPrefix, int count) {
        await("%d records of %s on %s".formatted(count, keyPrefix, topic))
                .atMost(PATIENCE)
                .until(() -> countRecords(topic, keyPrefix) >= count);
    }

    /// Committed records of those keys.
    long countRecords(String topic, String keyPrefix) {
        return installation.topics().read(topic).stream()
                .filter(message -> message.key() != null && message.key().startsWith(keyPrefix))
                .count();
    }

    /// Waits until the normaliser has turned each delivery into facts, once or oftener.
    void awaitFactsOf(Collection<Delivery> deliveries) {
        var ids = deliveries.stream().map(Delivery::id).collect(Collectors.toSet());
        await("facts of every delivery")
                .atMost(PATIENCE)
                .until(() -> correlations("muster.facts.v1").containsAll(ids));
    }

    private Set<String> correlations(String topic) {
        return installation.topics().read(topic).stream()
                .map(message -> message.headers().getOrDefault("correlation-id", ""))
                .collect(Collectors.toSet());
    }

    /// Names of the topics in which any key, header or value contains the text.
    List<String> topicsThatContain(String text) {
        return TOPICS.stream()
                .filter(topic -> installation.topics().read(topic).stream()
                        .flatMap(message -> Stream.of(
                                String.valueOf(message.key()),
                                message.headers().toString(),
                                String.valueOf(message.value())))
                        .anyMatch(part -> part.contains(text)))
                .toList();
    }
}
