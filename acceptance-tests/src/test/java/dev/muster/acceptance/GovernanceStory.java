package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// People stand in for what no tool can say, and decide about what cannot be met in time.
class GovernanceStory {

    private static final String ENTITY = "component:default/governed";
    private static final String SCORECARD = "governance";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int SECONDS_TO_ITS_END = 45;

    private final Muster muster = Muster.shared();
    private final Commands admin = Commands.of(muster);
    private final Commands approver =
            admin.with(Map.of("MUSTER_TOKEN", muster.platform().secret("MUSTER_TOKEN_OF_APPROVER")));

    @Test
    void aPersonAttestsAndAnExemptionThatSomebodyElseApprovedEndsByItselfAndAnAuditorSeesBoth() {
        muster.publish(Declared.scorecard(SCORECARD, "governed", """
                - use: framework/training-exists
                  level: silver
                - use: framework/max-known-vulnerabilities
                """));
        muster.apply(Declared.catalog(Declared.team("governors"), Declared.service("governed", "governors")));
        muster.awaitOutcome(ENTITY, SCORECARD, "training-exists", "UNKNOWN");

        admin.run("attest", ENTITY, "training-exists", "--evidence", "https://wiki.example.org/t", "--expires", "90d");
        muster.awaitOutcome(ENTITY, SCORECARD, "training-exists", "PASS");

        var alert = new Alert("acme/governed", 1, "critical", Instant.now());
        muster.sendAll(List.of(Delivery.of("dependabot_alert", "governed-created", alert.created())));
        muster.awaitOutcome(ENTITY, SCORECARD, "max-known-vulnerabilities", "FAIL");
        var end = Instant.ofEpochSecond(Instant.now().getEpochSecond() + SECONDS_TO_ITS_END);
        var asked = admin.run(
                "exempt",
                ENTITY,
                "max-known-vulnerabilities",
                "--reason",
                "The vendor fixes it this week",
                "--expires",
                end.toString());
        var id = ID.matcher(asked).results().findFirst().orElseThrow().group();
        assertThat(admin.refused("exempt", "approve", id)).contains("asked for");
        assertThat(muster.rule(ENTITY, SCORECARD, "max-known-vulnerabilities")
                        .path("outcome")
                        .asString())
                .isEqualTo("FAIL");

        approver.run("exempt", "approve", id);
        muster.awaitOutcome(ENTITY, SCORECARD, "max-known-vulnerabilities", "EXEMPT");

        muster.awaitOutcome(ENTITY, SCORECARD, "max-known-vulnerabilities", "FAIL");
        assertThat(Instant.parse(muster.rule(ENTITY, SCORECARD, "max-known-vulnerabilities")
                        .path("since")
                        .asString()))
                .isEqualTo(end);

        assertThat(admin.run(
                        "explain",
                        ENTITY,
                        SCORECARD,
                        "--as-of",
                        end.minusSeconds(1).toString()))
                .containsPattern("EXEMPT +max-known-vulnerabilities")
                .contains("the same was recorded then");
        assertThat(admin.run("explain", ENTITY, SCORECARD, "--as-of", end.toString()))
                .containsPattern("FAIL +max-known-vulnerabilities")
                .contains("the same was recorded then");
    }

    @Test
    void peopleAskDecideAndSilenceInThePortalEachInTheirOwnName() {
        var owner = Visitor.signedIn(
                muster.installation().portalUrl(), muster.installation().secret("MUSTER_TOKEN"));
        var other = Visitor.signedIn(
                muster.installation().portalUrl(), muster.platform().secret("MUSTER_TOKEN_OF_APPROVER"));
        var entity = "component:default/visited";
        muster.publish(Declared.scorecard("visited-card", "visited", """
                - use: framework/training-exists
                  level: silver
                - use: framework/max-known-vulnerabilities
                """));
        muster.apply(Declared.catalog(Declared.team("visitors"), Declared.service("visited", "visitors")));
        muster.awaitOutcome(entity, "visited-card", "training-exists", "UNKNOWN");
        var rule = Map.of("entity", entity, "rule", "training-exists", "scorecard", "visited-card");
        var form = "/exemptions/new?entity=" + entity + "&rule=training-exists&scorecard=visited-card";

        var late = owner.submit(form, "/exemptions/new", with(rule, "reason", "short", "expires", "2020-01-01"));
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("has passed", "at least 10 say enough", ">short</textarea>");
        var far = owner.submit(
                form, "/exemptions/new", with(rule, "reason", "for ever and ever", "expires", "2999-01-01"));
        assertThat(far.body()).contains("an exemption lasts 180d at most", "value=\"2999-01-01\"");
        var asked =
                owner.submit(form, "/exemptions/new", with(rule, "reason", "The course is in June", "expires", "30d"));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        var id = muster.awaitExemption(entity);

        var self =
                owner.submit("/exemptions/" + id, "/exemptions/" + id, Map.of("decision", "approve", "comment", "me"));
        assertThat(self.statusCode()).isEqualTo(422);
        assertThat(self.body()).contains("You asked for this exemption: somebody else has to approve it");
        assertThat(muster.rule(entity, "visited-card", "training-exists")
                        .path("outcome")
                        .asString())
                .isEqualTo("UNKNOWN");
        var approved = other.submit(
                "/exemptions", "/exemptions/" + id, Map.of("decision", "approve", "comment", "until the course"));
        assertThat(approved.body()).contains("Approved.");
        muster.awaitOutcome(entity, "visited-card", "training-exists", "EXEMPT");
        muster.awaitAudit(entity, "approver exemption.approved until the course");
        muster.awaitAudit(entity, "admin exemption.requested");

        other.submit("/exemptions/" + id, "/exemptions/" + id, Map.of("decision", "revoke"));
        muster.awaitOutcome(entity, "visited-card", "training-exists", "UNKNOWN");
        var attested = owner.submit(
                form.replace("exemptions", "attestations"),
                "/attestations/new",
                with(rule, "evidence", "https://wiki.example.org/t", "expires", "90d"));
        assertThat(attested.body()).contains("Attested.");
        muster.awaitOutcome(entity, "visited-card", "training-exists", "PASS");

        var end = Instant.now().plusSeconds(86_400).toString().substring(0, 16);
        var silence = Map.of("matchers.entity", entity, "reason", "the course is planned", "endsAt", end);
        assertThat(other.submit("/silences/new", "/silences/new", silence).body())
                .contains("takes the role admin");
        var silenced = owner.submit("/silences/new", "/silences/new", silence);
        assertThat(silenced.body()).contains("Silenced.", "the course is planned", "by <span>admin</span>");
        var preferences = "/teams/group:default/visitors/preferences";
        assertThat(owner.open(preferences)).contains("visitors@example.org", "muster.dev/email");
        var unread = owner.submit(preferences, preferences, Map.of("save", "true", "digest", "sometimes"));
        assertThat(unread.statusCode()).isEqualTo(422);
        assertThat(unread.body()).contains("is immediate, hourly, daily or weekly", "value=\"sometimes\"");
        var said = owner.submit(
                preferences, preferences, Map.of("save", "true", "digest", "daily 09:00", "email", "v@example.org"));
        assertThat(said.body()).contains("Kept.", "one daily digest", "v@example.org", "this page");
        muster.awaitAudit("group:default/visitors", "admin preferences.set");
        assertThat(owner.open("/messages/waiting")).contains("Messages that wait");
    }

    private static Map<String, String> with(Map<String, String> fields, String... more) {
        var all = new HashMap<>(fields);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }
}
