package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ingest.declared.Declarations;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.AuditEntry;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Attestations and exemptions, from the outside, against a real broker and registry.
class WaiversTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CATALOG = """
            { apiVersion: v1, kind: Group, metadata: { name: billing }, spec: { type: team } }
            ---
            { apiVersion: v1, kind: Group, metadata: { name: elsewhere }, spec: { type: team } }
            ---
            apiVersion: v1
            kind: Component
            metadata: { name: billing }
            spec: { type: service, lifecycle: production, owner: billing }
            ---
            apiVersion: v1
            kind: Component
            metadata: { name: shapes }
            spec: { type: library, lifecycle: production, owner: elsewhere }
            """;
    private static final String SCORECARDS = """
            apiVersion: muster.dev/v1
            kind: Scorecard
            metadata: { name: governed, title: Governed }
            spec:
              appliesTo: entity.type == 'service'
              levels: [bronze]
              rules:
                - { id: few-findings, title: Few, check: "size(vulnerabilities) <= 0", level: bronze }
                - id: threat-model
                  title: A threat model
                  check: "size(vulnerabilities) <= 0"
                  level: bronze
                  attestation: { by: [security], period: 90d }
            ---
            apiVersion: muster.dev/v1
            kind: Scorecard
            metadata: { name: libraries, title: Libraries }
            spec:
              appliesTo: entity.type == 'library'
              levels: [bronze]
              rules:
                - { id: is-documented, title: Documented, check: "size(vulnerabilities) <= 0", level: bronze }
            """;

    private static ConfigurableApplicationContext context;
    private static Http http;
    private static TopicRecords records;
    private static Topics topics;

    @BeforeAll
    static void start() {
        run();
        records = new TopicRecords(TestBroker.shared().bootstrapServers());
        assertThat(http.putYaml("/v1/catalog", CATALOG).statusCode()).isEqualTo(200);
        var published = http.putYaml("/v1/scorecards", SCORECARDS);
        assertThat(published.statusCode()).as(published.body()).isEqualTo(200);
    }

    private static void run() {
        context = IngestContext.start(TestBroker.shared(), TestRegistry.shared(), People.settings());
        http = new Http(IngestContext.port(context));
        topics = context.getBean(Topics.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static HttpResponse<String> ask(String person, String body) {
        return http.as(person).postJson("/v1/exemptions", body);
    }

    private static String exemption(String more) {
        return """
                {"entity":"component:default/billing","rule":"few-findings",
                "reason":"The fix of the vendor is due in May","expires":"90d"%s}""".formatted(more);
    }

    private static String asked() {
        var answer = ask(People.OWNER, exemption(""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer).path("id").asString();
    }

    private static HttpResponse<String> decide(String person, String id, String step) {
        return http.as(person).post("/v1/exemptions/" + id + "/" + step);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private static List<String> stepsOf(JsonNode view) {
        return view.path("steps")
                .valueStream()
                .map(step -> step.path("state").asString())
                .toList();
    }

    private static List<ConsumerRecord<String, FactsObserved>> facts(String id) {
        return records.all(topics.facts()).stream()
                .filter(it -> id.equals(it.value().getChanges().getFirst().getItem()))
                .toList();
    }

    private static List<ConsumerRecord<String, AuditEntry>> audit(String id) {
        return records.all(topics.audit()).stream()
                .filter(it -> it.value().getId().equals(id))
                .toList();
    }

    // ------------------------------------------------------------------ exemptions

    @Test
    void anExemptionIsAskedForAndApprovedBySomebodyElse() {
        var requested = ask(People.OWNER, exemption(",\"finding\":\"CVE-2026-1\",\"scorecard\":\"governed\""));

        assertThat(requested.statusCode()).as(requested.body()).isEqualTo(201);
        var id = json(requested).path("id").asString();
        assertThat(requested.headers().firstValue("Location")).hasValue("/v1/exemptions/" + id);
        assertThat(json(requested).path("state").asString()).isEqualTo("requested");
        assertThat(json(requested).path("active").asBoolean()).isFalse();

        var approved = http.as(People.APPROVER)
                .postJson("/v1/exemptions/" + id + "/approve", "{\"comment\":\"until the release of May\"}");

        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        var view = json(approved);
        assertThat(view.path("state").asString()).isEqualTo("approved");
        assertThat(view.path("active").asBoolean()).isTrue();
        assertThat(view.path("requestedBy").asString()).isEqualTo(People.OWNER);
        assertThat(view.at("/steps/1/by").asString()).isEqualTo(People.APPROVER);
        assertThat(view.at("/steps/1/comment").asString()).isEqualTo("until the release of May");
        assertThat(json(http.get("/v1/exemptions/" + id))).isEqualTo(view);
    }

    @Test
    void everyStepTellsTheEvaluatorAndTheAuditTrail() {
        var id = asked();
        decide(People.APPROVER, id, "approve");
        decide(People.OWNER, id, "revoke");

        var facts = facts(id);
        assertThat(facts).hasSize(3).allSatisfy(it -> {
            assertThat(it.key()).isEqualTo("entity:component:default/billing");
            assertThat(it.value().getChanges()).singleElement().satisfies(change -> {
                assertThat(change.getFact()).isEqualTo("exemptions");
                assertThat(change.getKind()).isEqualTo(FactChangeKind.UPSERT);
            });
        });
        assertThat(facts)
                .extracting(
                        it -> JSON.readTree(it.value().getChanges().getFirst().getValue())
                                .path("state")
                                .asString())
                .containsExactly("requested", "approved", "revoked");
        assertThat(facts.get(1).value().getChanges().getFirst().getValue())
                .contains("\"approvedBy\":\"" + People.APPROVER + "\"", "\"rule\":\"few-findings\"");
        assertThat(facts.get(1).value().getOrigin().getActor()).isEqualTo(People.APPROVER);
        var audit = audit(id);
        assertThat(audit)
                .extracting(it -> it.value().getAction())
                .containsExactly("exemption.requested", "exemption.approved", "exemption.revoked");
        assertThat(audit).extracting(it -> it.value().getBefore()).containsExactly(null, "requested", "approved");
        assertThat(audit).extracting(it -> it.value().getAfter()).containsExactly("requested", "approved", "revoked");
        assertThat(audit.getFirst().key()).isEqualTo("component:default/billing");
        assertThat(audit.getFirst().value().getComment()).isEqualTo("The fix of the vendor is due in May");
        assertThat(audit)
                .extracting(it -> it.value().getRequestId())
                .as("one correlation id on all that a step wrote")
                .containsExactlyElementsOf(facts.stream()
                        .map(it -> CloudEventHeaders.correlationId(it.headers()))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            owner-of-billing | approve | 403 | You asked for this exemption: somebody else has to approve it
            owner-of-billing | deny | 403 | You asked for this exemption: somebody else has to deny it
            colleague-of-the-owner | approve | 403 | To approve an exemption takes the role admin or the duty exemptions
            auditor-of-security | deny | 403 | takes the role admin or the duty exemptions
            colleague-of-the-owner | revoke | 403 | or to have asked for it
            reader-in-the-team | approve | 403 | The token does not allow this
            approver-of-exemptions | approve | 200 | "state":"approved"
            approver-in-the-team | deny | 200 | "state":"denied"
            0123456789abcdef-token-of-the-tests | approve | 200 | "state":"approved"
            owner-of-billing | revoke | 200 | "state":"revoked"
            approver-of-exemptions | revoke | 200 | "state":"revoked"
            """)
    void anExemptionIsDecidedByThoseWhoMay(String person, String step, int status, String says) {
        var id = asked();

        var answer = decide(person, id, step);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(says);
        if (status == 403) {
            assertThat(stepsOf(json(http.get("/v1/exemptions/" + id)))).containsExactly("requested");
        }
    }

    @Test
    void nobodyApprovesTheirOwnExemptionWhateverTheyMay() {
        for (var person : List.of(People.APPROVING_OWNER, Http.TOKEN)) {
            var id = json(ask(person, exemption(""))).path("id").asString();

            var answer = decide(person, id, "approve");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).contains("You asked for this exemption");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "approver-of-exemptions, 403",
        "editor-of-another-team, 403",
        "reader-in-the-team, 403",
        "colleague-of-the-owner, 201",
        "0123456789abcdef-token-of-the-tests, 201"
    })
    void anExemptionIsAskedForByTheOwnersOrAnAdmin(String person, int status) {
        var answer = ask(person, exemption(""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (person.equals(People.STRANGER)) {
            assertThat(answer.body())
                    .contains("to be a member of group:default/billing, which owns component:default/billing");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "approve, approve, approved, revoke",
        "approve, deny, approved, revoke",
        "deny, approve, denied, ''",
        "deny, revoke, denied, ''",
        "revoke, approve, revoked, ''"
    })
    void aStepThatTheStateDoesNotAllowIsAConflict(String first, String then, String state, String allowed) {
        var id = asked();
        assertThat(decide(People.APPROVER, id, first).statusCode()).isEqualTo(200);

        var answer = decide(People.APPROVER, id, then);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer).path("state").asString()).isEqualTo(state);
        assertThat(json(answer).path("allowed").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(allowed.isEmpty() ? List.of() : List.of(allowed));
        assertThat(json(answer).path("detail").asString()).startsWith("The exemption is " + state + " already; ");
    }

    @ParameterizedTest
    @CsvSource({"approve", "deny", "revoke"})
    void whatNobodyAskedForIsNotFound(String step) {
        assertThat(decide(People.APPROVER, "nobody-asked", step).statusCode()).isEqualTo(404);
        assertThat(http.get("/v1/exemptions/nobody-asked").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"entity":"component:default/biling"} | entity | 'component:default/biling' is not in the catalogue; did you mean 'component:default/billing'?
            {"entity":"a b"} | entity | is no reference such as component:default/payments
            {"entity":7} | entity | is no text
            {} | entity | is missing
            {"entity":"billing","rule":"few-finding"} | rule | no rule is called 'few-finding'; did you mean 'few-findings'?
            {"entity":"billing","rule":"is-documented"} | rule | 'is-documented' is a rule of libraries only, which does not apply to component:default/billing
            {"entity":"billing","rule":"few-findings","scorecard":"libraries"} | scorecard | 'libraries' does not apply to component:default/billing
            {"entity":"billing","rule":"few-findings","scorecard":"govern"} | scorecard | no scorecard is called 'govern'; did you mean 'governed'?
            {"entity":"billing","rule":"few-findigs","scorecard":"governed"} | rule | 'governed' has no rule 'few-findigs'; did you mean 'few-findings'?
            {"reason":"too short"} | reason | has 9 characters; at least 10 say enough
            {"reason":"   "} | reason | is empty
            {} | reason | is missing
            {"expires":"2020-01-01"} | expires | has passed: 2020-01-01T00:00:00Z
            {"expires":"-1d"} | expires | has passed
            {"expires":"tomorrow"} | expires | is no time such as 2026-06-01T12:00:00Z, no date such as 2026-06-01 and no duration such as 90d
            {"expires":"181d"} | expires | an exemption lasts 180d at most
            {"expires":"+999999999-12-31T23:59:59Z"} | expires | an exemption lasts 180d at most
            {"expires":90} | expires | is no text
            {} | expires | is missing
            {"finding":""} | finding | is empty
            {"until":"90d"} | until | unknown member
            {"reasons":"x"} | reasons | unknown member; did you mean 'reason'?
            [] | ^^ | is an object with the members entity, expires, finding, reason, rule, scorecard
            """)
    void badRequestsForExemptionsAreAnsweredAtTheirPlace(String body, String path, String message) {
        var answer = ask(People.OWNER, body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("errors").valueStream()).anySatisfy(error -> {
            assertThat(error.path("path").asString()).isEqualTo(path == null ? "" : path);
            assertThat(error.path("message").asString()).contains(message);
        });
    }

    @Test
    void allMistakesAreToldAtOnceAndNothingIsWritten() {
        var before = records.all(topics.exemptions()).size();

        var answer = ask(
                People.OWNER,
                exemption(",\"finding\":\"" + "x".repeat(301) + "\",\"more\":1")
                        .replace("few-findings", "few")
                        .replace("billing\"", "billin\"")
                        .replace("90d", "yesterday")
                        .replace("The fix of the vendor is due in May", "because"));

        assertThat(json(answer)
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("path").asString()))
                .containsExactlyInAnyOrder("more", "entity", "finding", "reason", "expires");
        assertThat(records.all(topics.exemptions())).hasSize(before);
    }

    @Test
    void aShippedRuleThatNoScorecardHasYetIsKnown() {
        var shipped = exemption("").replace("few-findings", "max-known-vulnerabilities");

        assertThat(ask(People.OWNER, shipped).statusCode()).isEqualTo(201);
    }

    @Test
    void exemptionsAreListedByEntityStateAndRule() {
        var denied = asked();
        decide(People.APPROVER, denied, "deny");
        var requested = asked();

        assertThat(listed("/v1/exemptions?entity=billing&state=denied&rule=few-findings"))
                .contains(denied)
                .doesNotContain(requested);
        assertThat(listed("/v1/exemptions?state=requested")).contains(requested).doesNotContain(denied);
        assertThat(listed("/v1/exemptions?entity=component:default%2Fbilling")).startsWith(requested, denied);
        assertThat(listed("/v1/exemptions?entity=shapes")).isEmpty();
        assertThat(listed("/v1/exemptions?rule=other")).isEmpty();
        assertThat(http.as(People.READER).get("/v1/exemptions").statusCode()).isEqualTo(200);
        assertThat(http.get("/v1/exemptions?state=over").statusCode()).isEqualTo(400);
        assertThat(http.get("/v1/exemptions?state=over").body()).contains("requested, approved, denied, revoked");
        assertThat(http.get("/v1/exemptions?entity=a%20b").statusCode()).isEqualTo(400);
    }

    private static List<String> listed(String path) {
        return json(http.get(path))
                .propertyStream()
                .flatMap(list -> list.getValue().valueStream())
                .map(it -> it.path("id").asString())
                .toList();
    }

    // ------------------------------------------------------------------ attestations

    private static String attestation(String rule, String more) {
        return """
                {"entity":"component:default/billing","rule":"%s","expires":"60d",
                "evidence":"https://wiki.example.org/report"%s}""".formatted(rule, more);
    }

    private static HttpResponse<String> attest(String person, String body) {
        return http.as(person).postJson("/v1/attestations", body);
    }

    @Test
    void anAttestationIsGivenAndWithdrawn() {
        var given = attest(People.OWNER, attestation("few-findings", ",\"note\":\"as discussed\""));

        assertThat(given.statusCode()).as(given.body()).isEqualTo(201);
        var view = json(given);
        var id = view.path("id").asString();
        assertThat(given.headers().firstValue("Location")).hasValue("/v1/attestations/" + id);
        assertThat(view.path("by").asString()).isEqualTo(People.OWNER);
        assertThat(view.path("note").asString()).isEqualTo("as discussed");
        assertThat(view.path("active").asBoolean()).isTrue();
        assertThat(Instant.parse(view.path("expires").asString()))
                .isBefore(Instant.now().plus(Duration.ofDays(60)));

        assertThat(http.as(People.COLLEAGUE).delete("/v1/attestations/" + id).statusCode())
                .isEqualTo(204);

        var after = json(http.get("/v1/attestations/" + id));
        assertThat(after.path("state").asString()).isEqualTo("withdrawn");
        assertThat(after.path("active").asBoolean()).isFalse();
        assertThat(stepsOf(after)).containsExactly("attested", "withdrawn");
        assertThat(after.at("/steps/1/by").asString()).isEqualTo(People.COLLEAGUE);
        assertThat(listed("/v1/attestations?entity=billing")).contains(id);
        assertThat(listed("/v1/attestations?rule=other")).isEmpty();
        assertThat(http.delete("/v1/attestations/" + id).statusCode()).isEqualTo(409);
        assertThat(http.delete("/v1/attestations/nobody-said").statusCode()).isEqualTo(404);
        var facts = facts(id);
        assertThat(facts)
                .extracting(it -> it.value().getChanges().getFirst().getKind())
                .containsExactly(FactChangeKind.UPSERT, FactChangeKind.REMOVE);
        assertThat(facts.getFirst().value().getOrigin().getUrl()).isEqualTo("https://wiki.example.org/report");
        assertThat(facts.getFirst().value().getChanges().getFirst().getValue())
                .contains("\"by\":\"" + People.OWNER + "\"");
        assertThat(audit(id))
                .extracting(it -> it.value().getAction())
                .containsExactly("attestation.attested", "attestation.withdrawn");
        assertThat(audit(id).getFirst().value().getComment())
                .isEqualTo("https://wiki.example.org/report\nas discussed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            owner-of-billing | few-findings | 201 |
            auditor-of-security | few-findings | 403 | the role admin, or to be a member of group:default/billing
            reader-in-the-team | few-findings | 403 | The token does not allow this
            auditor-of-security | threat-model | 201 |
            owner-of-billing | threat-model | 403 | To attest this rule takes the role admin, or the duty security
            0123456789abcdef-token-of-the-tests | threat-model | 201 |
            """)
    void theTermsOfTheRuleSayWhoMayAttest(String person, String rule, int status, String says) {
        var answer = attest(person, attestation(rule, ""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (says != null) {
            assertThat(answer.body()).contains(says);
        }
    }

    @Test
    void anAttestationIsWithdrawnByThoseWhoMayGiveItOrGaveIt() {
        var id = json(attest(People.AUDITOR, attestation("threat-model", "")))
                .path("id")
                .asString();

        var answer = http.as(People.OWNER).delete("/v1/attestations/" + id);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("To withdraw this attestation takes the role admin, or the duty security");
        assertThat(http.as(People.AUDITOR).delete("/v1/attestations/" + id).statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"entity":"component:default/biling"} | entity | did you mean 'component:default/billing'?
            {"entity":"billing","rule":"thread-model"} | rule | no rule is called 'thread-model'; did you mean 'threat-model'?
            {} | evidence | is missing
            {"evidence":" "} | evidence | is empty
            {"evidence":["x"]} | evidence | is no text
            {"evidence":"https://"} | evidence | is no link that leads anywhere
            {"evidence":"bell \\u0007"} | evidence | holds control characters
            {} | expires | is missing
            {"expires":"2020-01-01T00:00:00Z"} | expires | has passed
            {"entity":"billing","rule":"threat-model","expires":"91d"} | expires | an attestation of this rule lasts 90d at most
            {"entity":"billing","rule":"few-findings","expires":"366d"} | expires | an attestation of this rule lasts 365d at most
            {"reason":"x"} | reason | unknown member
            """)
    void badAttestationsAreAnsweredAtTheirPlace(String body, String path, String message) {
        var answer = attest(People.OWNER, body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("errors").valueStream()).anySatisfy(error -> {
            assertThat(error.path("path").asString()).isEqualTo(path);
            assertThat(error.path("message").asString()).contains(message);
        });
    }

    @Test
    void evidenceHasALength() {
        var words = attestation("few-findings", "").replace("https://wiki.example.org/report", "w".repeat(2_001));

        assertThat(attest(People.OWNER, words).body()).contains("has 2001 characters, more than 2000");
        assertThat(attest(People.OWNER, words.replace("ww", "w")).statusCode()).isEqualTo(201);
    }

    // ------------------------------------------------------------------ the service

    @Test
    void aStepIsThereWithAllThatFollowsFromItOrNotAtAll() {
        var exemptions = context.getBeanProvider(
                        ResolvableType.forClassWithGenerics(Declarations.class, Exemption.class))
                .getObject();
        var known = knownExemption();
        var tooLarge = AuditEntry.newBuilder()
                .setAt(Instant.EPOCH)
                .setActor("nobody")
                .setAction("exemption.requested")
                .setEntity(known.getEntity())
                .setId("half")
                .setComment(incompressible())
                .setRequestId("half")
                .build();
        var half = Exemption.newBuilder(known).setId("half").build();
        var decision = new Declarations.Decision<>(
                List.of(new Declarations.Write<>("half", half)),
                List.of(new Declarations.Consequence<>(topics.audit(), known.getEntity(), tooLarge, "test")),
                "half",
                Instant.now(),
                "nobody",
                half);

        assertThatThrownBy(() -> declarations(exemptions).change(_ -> decision)).hasMessageContaining("does not fit");

        assertThat(http.get("/v1/exemptions/half").statusCode()).isEqualTo(404);
        assertThat(records.all(topics.exemptions())).noneMatch(it -> it.key().equals("half"));
        assertThat(asked()).as("the next one is written").isNotEmpty();
    }

    @SuppressWarnings("unchecked")
    private static Declarations<Exemption> declarations(Object bean) {
        return (Declarations<Exemption>) bean;
    }

    private static Exemption knownExemption() {
        var id = asked();
        return records.all(topics.exemptions()).stream()
                .filter(it -> it.key().equals(id))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static String incompressible() {
        var bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void isKnownAfterARestart() {
        var requested = asked();
        var approved = asked();
        decide(People.APPROVER, approved, "approve");
        var attested = json(attest(People.OWNER, attestation("few-findings", "")));
        context.close();

        run();

        assertThat(json(http.get("/v1/exemptions/" + approved)).path("state").asString())
                .isEqualTo("approved");
        assertThat(decide(People.OWNER, requested, "approve").statusCode()).isEqualTo(403);
        assertThat(decide(People.APPROVER, requested, "approve").statusCode()).isEqualTo(200);
        assertThat(json(http.get("/v1/attestations/" + attested.path("id").asString())))
                .isEqualTo(attested);
    }

    @Test
    void isCountedByClosedSets() {
        asked();
        ask(People.OWNER, "{}");
        var management = new Http(IngestContext.managementPort(context));

        assertThat(management.send(management.to("/actuator/prometheus").GET()).body())
                .containsPattern("muster_ingest_declarations_total\\{kind=\"exemption\",outcome=\"applied\"} [1-9]")
                .containsPattern("muster_ingest_declarations_total\\{kind=\"exemption\",outcome=\"refused\"} [1-9]");
    }
}
