package dev.muster.portal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.v1.AuditEntry;
import dev.muster.schemas.v1.Entity;
import dev.muster.service.Caller;
import dev.muster.service.Role;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditTest {

    private static final String ADMIN = "Bearer a-test-token-of-some-length";
    private static final Portal PORTAL = Portal.shared();

    @Test
    void tellsWhoDeclaredWhatWithTheDigestsOfBothStates() {
        var ref = "component:default/audited";
        var first = Story.component("audited", "group:default/x", 1);
        PORTAL.tell(PORTAL.topics().catalog(), ref, first);
        // Told again, as by a start of a service: nobody did anything.
        PORTAL.tell(PORTAL.topics().catalog(), ref, first);
        var second = Entity.newBuilder(first)
                .setDigest("1")
                .setAppliedAt(first.getAppliedAt().plusSeconds(60))
                .build();
        PORTAL.tellAt(second.getAppliedAt(), PORTAL.topics().catalog(), ref, second);
        PORTAL.tell(PORTAL.topics().catalog(), ref, null);

        await().until(() -> about(ref).size() == 3);
        var entries = about(ref);
        assertThat(PORTAL.texts(entries, "action"))
                .containsExactlyInAnyOrder("entity.created", "entity.changed", "entity.deleted");
        var changed = entry(entries, "entity.changed");
        assertThat(changed.path("actor").asString()).isEqualTo(first.getAppliedBy());
        assertThat(changed.path("before").asString()).isEqualTo("0");
        assertThat(changed.path("after").asString()).isEqualTo("1");
        assertThat(changed.path("source").asString()).isEqualTo("/test");
        assertThat(changed.path("requestId").asString()).isEqualTo("request-0");
        assertThat(entry(entries, "entity.deleted").path("before").asString()).isEqualTo("1");
        assertThat(entry(entries, "entity.deleted").path("after").isNull()).isTrue();
        assertThat(entry(entries, "entity.deleted").path("actor").isNull())
                .as("a record from before deletions said who")
                .isTrue();
    }

    @Test
    void tellsWhoDeletedIt() {
        var story = Story.component("taken-away", "group:default/x", 1);
        var topic = PORTAL.topics().catalog();
        PORTAL.tell(topic, story.getRef(), story);
        var headers = CloudEventHeaders.of("e", "/muster/ingest/api", "test", Instant.EPOCH, story.getRef(), "r-7");
        CloudEventHeaders.putActor(headers, "mona");
        PORTAL.tellRaw(topic.name(), story.getRef(), null, headers);

        await().until(() -> about(story.getRef()).size() == 2);
        var deleted = entry(about(story.getRef()), "entity.deleted");
        assertThat(deleted.path("actor").asString()).isEqualTo("mona");
        assertThat(deleted.path("requestId").asString()).isEqualTo("r-7");
        assertThat(PORTAL.get("/audit?actor=mona", "Authorization", ADMIN).body())
                .contains("entity.deleted")
                .doesNotContain("not recorded");
    }

    @Test
    void tellsStepsOfExemptions() {
        var ref = "component:default/exempted";
        PORTAL.tell(
                PORTAL.topics().audit(),
                ref,
                AuditEntry.newBuilder()
                        .setAt(Instant.parse("2026-11-23T06:00:00Z"))
                        .setActor("<b>jane</b>")
                        .setAction("exemption.approved")
                        .setEntity(ref)
                        .setRule("has-runbook")
                        .setId("e-1")
                        .setBefore("requested")
                        .setAfter("approved")
                        .setComment("until the move")
                        .setRequestId("r-1")
                        .build());

        await().until(() -> about(ref).size() == 1);
        var entry = about(ref).get(0);
        assertThat(entry.path("kind").asString()).isEqualTo("exemption");
        assertThat(entry.path("rule").asString()).isEqualTo("has-runbook");
        var page = PORTAL.get("/audit?about=" + ref, "Authorization", ADMIN);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("exemption.approved", "until the move", "&lt;b&gt;jane&lt;/b&gt;")
                .doesNotContain("<b>jane");
    }

    @Test
    void tellsWhatWasDoneToThePortal() {
        var caller = new Caller("somebody", Set.of(Role.ADMIN), Set.of(), Set.of());
        PORTAL.bean(Trail.class).tell(caller, "portal.rebuilt", "rebuild-7", "192.0.2.7");

        await().until(() -> list("?kind=portal&actor=somebody").size() == 1);
        var entry = list("?kind=portal&actor=somebody").get(0);
        assertThat(entry.path("comment").asString()).isEqualTo("from 192.0.2.7");
        assertThat(entry.path("source").asString()).isEqualTo("/muster/portal");
    }

    @Test
    void isThereAsAFileToo() {
        var ref = "component:default/exported-audit";
        PORTAL.tell(PORTAL.topics().catalog(), ref, Story.component("exported-audit", "group:default/x", 1));
        await().until(() -> about(ref).size() == 1);

        var page = PORTAL.get("/audit?about=" + ref, "Authorization", ADMIN).body();
        assertThat(page)
                .contains("href=\"/exports/audit.csv?about="
                        + ref.replace(":", "%3A").replace("/", "%2F"));
        assertThat(PORTAL.get("/exports/audit.csv?about=" + ref, "Authorization", ADMIN)
                        .body()
                        .lines())
                .hasSize(2)
                .first()
                .isEqualTo("at,actor,action,kind,about,rule,scorecard,before,after,comment,source,request");
        assertThat(PORTAL.get("/exports/audit.csv?about=" + ref, "Authorization", ADMIN)
                        .body())
                .contains(",entity.created,entity," + ref + ",,,,0,,,request-0");
    }

    @Test
    void goesOnPieceByPiece() {
        for (int i = 0; i < 3; i++) {
            var story = Story.component("paged-" + i, "group:default/x", 1);
            PORTAL.tell(
                    PORTAL.topics().catalog(),
                    story.getRef(),
                    Entity.newBuilder(story).setAppliedBy("pager").build());
        }
        await().until(() -> list("?actor=pager").size() == 3);

        var first = json("?actor=pager&limit=2");
        var second = json("?actor=pager&limit=2&cursor=" + first.path("next").asString());

        assertThat(first.path("items")).hasSize(2);
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void isNotForEverybody() {
        assertThat(PORTAL.get("/api/v1/audit").statusCode()).isEqualTo(401);
        assertThat(PORTAL.get("/audit").statusCode()).isEqualTo(401);
        assertThat(PORTAL.get("/exports/audit.csv").statusCode()).isEqualTo(401);
    }

    private static JsonNode entry(JsonNode entries, String action) {
        for (var entry : entries) {
            if (entry.path("action").asString().equals(action)) {
                return entry;
            }
        }
        throw new AssertionError("no " + action + " in " + entries);
    }

    private static JsonNode about(String ref) {
        return list("?about=" + ref);
    }

    private static JsonNode list(String query) {
        return json(query).path("items");
    }

    private static JsonNode json(String query) {
        var answer = PORTAL.get("/api/v1/audit" + query, "Authorization", ADMIN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }
}
