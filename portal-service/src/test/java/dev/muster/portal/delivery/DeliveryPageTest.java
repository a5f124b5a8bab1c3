package dev.muster.portal.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Operations;
import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.v1.Cause;
import dev.muster.schemas.v1.DeadLetter;
import dev.muster.schemas.v1.Delivery;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Receipt;
import dev.muster.schemas.v1.ReceiptState;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.TransitionKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryPageTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final Portal PORTAL = Portal.shared();
    private static final String OWNER = "group:default/way-team";

    @Test
    void tellsTheWholeWayFromTheDeliveryToTheMessage() {
        var id = "way-1";
        journal(id);
        PORTAL.tellAt(MORNING.plusMillis(420), PORTAL.topics().facts(), "repo:github.com/acme/wayfarer", facts(id));
        var story = new Story(PORTAL, MORNING);
        story.declare(Story.component("wayfarer", OWNER, 1));
        var before = Story.result("component:default/wayfarer", 1, "gold", MORNING.minusSeconds(60), Map.of());
        var after = Story.result(
                "component:default/wayfarer", 2, null, MORNING, Map.of("max-known-vulnerabilities", Outcome.FAIL));
        var caused = Result.newBuilder(after)
                .setCause(Cause.newBuilder(after.getCause()).setDeliveryId(id).build())
                .build();
        story.happen(before, caused, TransitionKind.REGRESSED, OWNER);
        PORTAL.tell(
                PORTAL.topics().receipts(),
                "n-way-1",
                Receipt.newBuilder()
                        .setNotificationId("n-way-1")
                        .setChannel("slack")
                        .setDestination("way-room")
                        .setState(ReceiptState.SENT)
                        .setAttempts(2)
                        .setAt(MORNING.plusMillis(1340))
                        .setOwner(OWNER)
                        .setEntities(List.of("component:default/wayfarer"))
                        .setDeliveryIds(List.of(id))
                        .build());

        await().untilAsserted(() -> assertThat(PORTAL.get("/deliveries/" + id).body())
                .contains("Journalled", "23 Nov 2026, 06:00:00 UTC", "dependabot_alert", "13 B")
                .contains("repo:github.com/acme/wayfarer", "vulnerabilities", "0.42 s later")
                .contains("/entities/component:default/wayfarer\"")
                .contains("Regressed", "CVE-2026-1234 in org.example:parser")
                .contains("slack to way-room", "1.34 s later", "2 attempts")
                .doesNotContain("Could not be read"));
        assertThat(PORTAL.get("/deliveries?connection=way").body()).contains("/deliveries/way-1", "1 result");
        assertThat(PORTAL.get("/entities/component:default/wayfarer?scorecard=" + Story.SCORECARD)
                        .body())
                .contains("href=\"/deliveries/way-1\"");
    }

    @Test
    void saysWhyADeliveryHadNoEffectAndHowToTryItAgain() {
        var id = "way/2";
        journal(id);
        PORTAL.tell(
                PORTAL.topics().deadLetters(),
                "way/" + id,
                DeadLetter.newBuilder()
                        .setTopic(PORTAL.topics().deliveries().name())
                        .setPartition(0)
                        .setOffset(Operations.offsetOf("way/" + id))
                        .setKey(ByteBuffer.wrap(("way/" + id).getBytes(UTF_8)))
                        .setTimestamp(MORNING)
                        .setService("ingest-service")
                        .setStage("normaliser")
                        .setReason("MAPPING")
                        .setMessage("no such key: alert.number")
                        .setFailedAt(MORNING.plusSeconds(1))
                        .build());

        await().untilAsserted(() -> assertThat(PORTAL.get("/deliveries/way%2F2").body())
                .contains("Could not be read", "no such key: alert.number", "./muster replay --connection way")
                .contains("It told no fact", "No outcome changed by it", "Nothing changed, so nobody was told"));
    }

    @Test
    void knowsOnlyDeliveriesThatThereWere() {
        assertThat(PORTAL.get("/deliveries/never-came", "Accept", "text/html").statusCode())
                .isEqualTo(404);
    }

    private static void journal(String id) {
        PORTAL.tell(
                PORTAL.topics().deliveries(),
                "way/" + id,
                Delivery.newBuilder()
                        .setId(id)
                        .setConnection("way")
                        .setSource("github")
                        .setReceivedAt(MORNING)
                        .setContentType("application/json")
                        .setHeaders(Map.of("x-github-event", "dependabot_alert"))
                        .setBody(ByteBuffer.wrap("{\"secret\": 1}".getBytes(UTF_8)))
                        .build());
    }

    private static FactsObserved facts(String id) {
        return FactsObserved.newBuilder()
                .setSubject("repo:github.com/acme/wayfarer")
                .setReceivedAt(MORNING)
                .setOrigin(new Origin("github", "way", id, null, null, false))
                .setChanges(List.of(FactChange.newBuilder()
                        .setFact("vulnerabilities")
                        .setKind(FactChangeKind.UPSERT)
                        .setItem("1")
                        .setValue("{}")
                        .setSourceTime(MORNING)
                        .build()))
                .build();
    }
}
