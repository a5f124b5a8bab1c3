package dev.muster.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.ConnectionStatus;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Origin;
import dev.muster.schemas.v1.Receipt;
import dev.muster.schemas.v1.ReceiptState;
import dev.muster.schemas.v1.Step;
import dev.muster.schemas.v1.StepKind;
import dev.muster.schemas.v1.Trouble;
import dev.muster.schemas.v1.UnmappedEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// What runs around the results of one entity: connections, deliveries, messages, exemptions, an initiative.
public final class Operations {

    public static final String DELIVERY = "72d3162e-0000";
    public static final String INITIATIVE = "silver-for-all";

    private final Portal portal;
    private final String entity;
    private final String owner;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    public Operations(Portal portal, String entity, String owner) {
        this.portal = portal;
        this.entity = entity;
        this.owner = owner;
    }

    public void tellAll() {
        var topics = portal.topics();
        portal.tell(
                topics.connections(),
                "github",
                connection("github")
                        .setAccepted(4211L)
                        .setLastAcceptedAt(ago(1))
                        .build());
        portal.tell(
                topics.connections(),
                "alertmanager",
                connection("alertmanager")
                        .setLastAcceptedAt(ago(600))
                        .setRejected(12L)
                        .setRejectingSince(ago(50))
                        .setLastRejected(new Trouble(ago(3), "the signature is wrong"))
                        .setUnmapped(List.of(new UnmappedEvent("star", 4L, ago(90))))
                        .build());
        portal.tell(topics.deliveries(), "github/" + DELIVERY, delivery(DELIVERY));
        portal.tell(topics.facts(), "repo:github.com/acme/nobodys", facts("repo:github.com/acme/nobodys", "checks"));
        portal.tell(topics.facts(), "repo:github.com/acme/browsed", facts("repo:github.com/acme/browsed", DELIVERY));
        portal.tell(topics.receipts(), "n-1", receipt("n-1", ReceiptState.SENT, null));
        portal.tell(topics.receipts(), "n-2", receipt("n-2", ReceiptState.SUPPRESSED, "QUIET_HOURS"));
        portal.tell(topics.deadLetters(), "github/broken", deadLetter("github/broken"));
        portal.tell(topics.exemptions(), "e-1", exemption("e-1", "coverage", step(StepKind.REQUESTED, "ada")));
        portal.tell(
                topics.exemptions(),
                "e-2",
                exemption("e-2", "on-call", step(StepKind.REQUESTED, "ada"), step(StepKind.APPROVED, "linus")));
        portal.tell(
                topics.attestations(),
                "a-1",
                Attestation.newBuilder()
                        .setId("a-1")
                        .setEntity(entity)
                        .setRule("has-runbook")
                        .setEvidence("https://example.org/drill")
                        .setExpiresAt(now.plus(Duration.ofDays(100)))
                        .setSteps(List.of(step(StepKind.ATTESTED, "grace")))
                        .build());
        portal.tell(topics.initiatives(), INITIATIVE, initiative(INITIATIVE, "Everybody on silver"));
    }

    /// Tells of one more on a list of the portal, such as `deliveries`; its name stands there.
    public void tellOf(String list, String name) {
        var topics = portal.topics();
        var subject = "repo:github.com/acme/" + name;
        switch (list) {
            case "connections" ->
                portal.tell(topics.connections(), name, connection(name).build());
            case "deliveries" -> portal.tell(topics.deliveries(), "github/" + name, delivery(name));
            case "subjects" -> portal.tell(topics.facts(), subject, facts(subject, DELIVERY));
            case "dead-letters" -> portal.tell(topics.deadLetters(), name, deadLetter(name));
            case "receipts" -> portal.tell(topics.receipts(), name, receipt(name, ReceiptState.SENT, null));
            case "initiatives" -> portal.tell(topics.initiatives(), name, initiative(name, name));
            default -> throw new IllegalArgumentException(list);
        }
    }

    private Instant ago(int minutes) {
        return now.minus(Duration.ofMinutes(minutes));
    }

    private static ConnectionStatus.Builder connection(String name) {
        return ConnectionStatus.newBuilder().setName(name).setSource(name);
    }

    private Delivery delivery(String id) {
        return Delivery.newBuilder()
                .setId(id)
                .setConnection("github")
                .setSource("github")
                .setReceivedAt(ago(2))
                .setContentType("application/json")
                .setHeaders(Map.of("x-github-event", "dependabot_alert"))
                .setBody(ByteBuffer.wrap("{\"id\":\"%s\"}".formatted(id).getBytes(UTF_8)))
                .build();
    }

    private FactsObserved facts(String subject, String delivery) {
        return FactsObserved.newBuilder()
                .setSubject(subject)
                .setReceivedAt(ago(2))
                .setOrigin(new Origin("github", "github", delivery, "octocat", null, false))
                .setChanges(List.of(FactChange.newBuilder()
                        .setFact("vulnerabilities")
                        .setKind(FactChangeKind.SET)
                        .setValue("{}")
                        .setSourceTime(ago(2))
                        .build()))
                .build();
    }

    private Receipt receipt(String id, ReceiptState state, String reason) {
        return Receipt.newBuilder()
                .setNotificationId(id)
                .setChannel("slack")
                .setDestination("payments")
                .setState(state)
                .setReason(reason)
                .setAttempts(1)
                .setAt(ago(1))
                .setOwner(owner)
                .setEntities(List.of(entity))
                .setDeliveryIds(List.of(DELIVERY))
                .build();
    }

    /// Where a record of this key might have stood: a dead letter is known by the place of its record, and all
    /// tests share the topic.
    public static long offsetOf(String key) {
        return Integer.toUnsignedLong(key.hashCode());
    }

    private DeadLetter deadLetter(String key) {
        return DeadLetter.newBuilder()
                .setTopic(portal.topics().deliveries().name())
                .setPartition(0)
                .setOffset(offsetOf(key))
                .setKey(ByteBuffer.wrap(key.getBytes(UTF_8)))
                .setTimestamp(ago(9))
                .setService("ingest-service")
                .setStage("normaliser")
                .setReason("MAPPING_FAILED")
                .setMessage("no such key: alert.number")
                .setFailedAt(ago(8))
                .build();
    }

    private Exemption exemption(String id, String rule, Step... steps) {
        return Exemption.newBuilder()
                .setId(id)
                .setEntity(entity)
                .setRule(rule)
                .setReason("The service is replaced next month.")
                .setExpiresAt(now.plus(Duration.ofDays(30)))
                .setSteps(List.of(steps))
                .build();
    }

    private Step step(StepKind kind, String actor) {
        return Step.newBuilder()
                .setKind(kind)
                .setActor(actor)
                .setAt(ago(60))
                .setRequestId("request")
                .build();
    }

    private Initiative initiative(String name, String title) {
        return Initiative.newBuilder()
                .setName(name)
                .setTitle(title)
                .setDescription("Before the season begins.")
                .setOwner(owner)
                .setScorecard(Story.SCORECARD)
                .setLevel("silver")
                .setAppliesTo("entity.tier <= 2")
                .setStartsAt(now.minus(Duration.ofDays(10)))
                .setDue(now.plus(Duration.ofDays(20)))
                .setDeclaredAt(now.minus(Duration.ofDays(10)))
                .setAppliedAt(now.minus(Duration.ofDays(10)))
                .setAppliedBy("admin")
                .setDeliveryId("request-9")
                .setDigest("0")
                .build();
    }
}
