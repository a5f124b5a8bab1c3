package dev.muster.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.Topic;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// What is measured with: a hundred components of ten teams, each claiming a repository with twenty open alerts, judged
/// by [FortySevenRules].
///
/// Deliveries go round the repositories; each changes the severity of the alert that was not changed for longest, so
/// that every one of them is a transition, whatever order two neighbours arrive in.
final class Workload {

    static final int REPOSITORIES = 100;
    static final int TEAMS = 10;
    static final int ALERTS = 20;
    static final String SCORECARD = "forty-seven";
    static final String SEEDED = "low";

    private static final String CRITICAL = "critical";
    private static final Duration BACK = Duration.ofDays(1);

    /// An advisory says what is wrong, how to exploit it and what to do, at this length.
    private static final String ADVISORY =
            "A crafted document makes the parser allocate without a bound and stops the process. ".repeat(60);

    private final Instant start;

    /// @param now deliveries tell of what happened since a day before
    Workload(Instant now) {
        this.start = Instant.ofEpochSecond(now.getEpochSecond()).minus(BACK);
    }

    /// The state of one alert as a delivery tells it.
    record Alert(String repository, int number, String severity, Instant openedAt, Instant updatedAt) {

        String subject() {
            return "repo:github.com/acme/" + repository;
        }

        String page() {
            return "https://github.com/acme/%s/security/dependabot/%d".formatted(repository, number);
        }
    }

    /// What the delivery with this number tells, counted from 0 without a gap.
    Alert alert(int delivery) {
        var ofRepository = delivery / REPOSITORIES;
        var round = ofRepository / ALERTS;
        return new Alert(
                repository(delivery % REPOSITORIES),
                1 + ofRepository % ALERTS,
                round % 2 == 0 ? CRITICAL : SEEDED,
                start.minus(BACK),
                start.plusSeconds(1 + ofRepository));
    }

    /// The body of GitHub's event `dependabot_alert`.
    byte[] payload(int delivery) {
        var alert = alert(delivery);
        return """
                {"action":"reintroduced","alert":{"number":%1$d,"state":"open",
                "dependency":{"package":{"ecosystem":"npm","name":"package-%1$d"},"manifest_path":"package-lock.json","scope":"runtime"},
                "security_advisory":{"ghsa_id":"GHSA-aaaa-bbbb-%1$04d","cve_id":"CVE-2026-%1$04d","summary":"Allocation without a bound",
                "description":"%2$s","severity":"%3$s","identifiers":[{"value":"CVE-2026-%1$04d","type":"CVE"}],
                "references":[{"url":"https://example.org/advisories/%1$d"}],"published_at":"%4$s","updated_at":"%5$s","withdrawn_at":null},
                "security_vulnerability":{"package":{"ecosystem":"npm","name":"package-%1$d"},"severity":"%3$s",
                "vulnerable_version_range":"< 2.1.0","first_patched_version":{"identifier":"2.1.0"}},
                "url":"https://api.github.com/repos/acme/%6$s/dependabot/alerts/%1$d","html_url":"%7$s",
                "created_at":"%4$s","updated_at":"%5$s","dismissed_at":null,"dismissed_by":null,"dismissed_reason":null,"fixed_at":null},
                "repository":{%8$s"id":7001,"name":"%6$s","full_name":"acme/%6$s","private":true,"html_url":"https://github.com/acme/%6$s",
                "default_branch":"main","owner":{"login":"acme","id":70,"type":"Organization"}},
                "organization":{"login":"acme","id":70},"sender":{"login":"octavia","id":7,"type":"User"}}
                """.formatted(
                        alert.number(),
                        ADVISORY,
                        alert.severity(),
                        alert.openedAt(),
                        alert.updatedAt(),
                        alert.repository(),
                        alert.page(),
                        addresses(alert.repository()))
                .getBytes(UTF_8);
    }

    /// What the normaliser makes of that delivery.
    FactsObserved facts(int delivery, String deliveryId) {
        var alert = alert(delivery);
        return observed(alert.subject(), deliveryId, alert.page(), List.of(upsert(alert)));
    }

    /// Everything that the rules ask for, once for each repository.
    List<FactsObserved> seeds() {
        var seeds = new ArrayList<FactsObserved>();
        for (var i = 0; i < REPOSITORIES; i++) {
            var subject = "repo:github.com/acme/" + repository(i);
            var changes = new ArrayList<FactChange>();
            for (var number = 1; number <= ALERTS; number++) {
                changes.add(upsert(new Alert(repository(i), number, SEEDED, start.minus(BACK), start)));
            }
            changes.add(item("checks", "unit", "{\"conclusion\":\"success\",\"name\":\"unit\"}"));
            changes.add(item("alerts", "a", "{\"name\":\"a\",\"severity\":\"warning\"}"));
            changes.add(item("codeFindings", "f", "{\"severity\":\"low\",\"tool\":\"CodeQL\"}"));
            changes.add(item("deployments", "production", "{\"environment\":\"production\",\"state\":\"success\"}"));
            changes.add(change("secretFindings", FactChangeKind.REMOVE, "none", null));
            changes.add(change("coverage", FactChangeKind.SET, null, "{\"newCode\":81.5,\"overall\":70.0}"));
            changes.add(change(
                    "runbook", FactChangeKind.SET, null, "{\"confirmedAt\":\"%s\",\"exists\":true}".formatted(start)));
            changes.add(
                    change("repository", FactChangeKind.SET, null, "{\"archived\":false,\"visibility\":\"private\"}"));
            seeds.add(observed(subject, "seed-" + i, "https://github.com/acme/" + repository(i), changes));
        }
        return seeds;
    }

    /// Descriptors of the teams and their components.
    String catalogue() {
        var text = new StringBuilder();
        for (var team = 0; team < TEAMS; team++) {
            text.append("""
                    apiVersion: backstage.io/v1alpha1
                    kind: Group
                    metadata: { name: team-%1$d, annotations: { muster.dev/email: team-%1$d@acme.example } }
                    spec: { type: team, children: [] }
                    ---
                    """.formatted(team));
        }
        // No service: the scorecard that ships applies to those, and would be judged, too.
        for (var i = 0; i < REPOSITORIES; i++) {
            text.append("""
                    apiVersion: backstage.io/v1alpha1
                    kind: Component
                    metadata:
                      name: %1$s
                      annotations: { github.com/project-slug: acme/%1$s, muster.dev/tier: "%2$d" }
                    spec: { type: backend, lifecycle: production, owner: "group:default/team-%3$d" }
                    ---
                    """.formatted(repository(i), 1 + i % 3, i % TEAMS));
        }
        return text.substring(0, text.length() - "---\n".length());
    }

    /// A record as the normaliser writes it, in bytes: ours and the bare topology get the same.
    static ProducerRecord<byte[], byte[]> record(Topic<String, FactsObserved> topic, String into, FactsObserved facts) {
        var id = facts.getOrigin().getDeliveryId();
        var headers = CloudEventHeaders.of(
                "github/" + id + "/0",
                "/muster/ingest/github",
                "dev.muster.facts.observed.v1",
                facts.getReceivedAt(),
                facts.getSubject(),
                id);
        return new ProducerRecord<>(
                into,
                null,
                facts.getSubject().getBytes(UTF_8),
                topic.value().serializer().serialize(topic.name(), facts),
                headers);
    }

    private FactsObserved observed(String subject, String deliveryId, String page, List<FactChange> changes) {
        return FactsObserved.newBuilder()
                .setSubject(subject)
                .setChanges(changes)
                .setOrigin(Origin.newBuilder()
                        .setSource("github")
                        .setConnection("github")
                        .setDeliveryId(deliveryId)
                        .setActor("octavia")
                        .setUrl(page)
                        .build())
                .setReceivedAt(start.plus(BACK))
                .build();
    }

    private FactChange upsert(Alert alert) {
        var json = """
                {"ecosystem":"npm","fixAvailable":true,"id":"CVE-2026-%1$04d","manifest":"package-lock.json","openedAt":"%2$s",\
                "package":"package-%1$d","severity":"%3$s","url":"%4$s"}""".formatted(alert.number(), alert.openedAt(), alert.severity(), alert.page());
        return FactChange.newBuilder()
                .setFact("vulnerabilities")
                .setKind(FactChangeKind.UPSERT)
                .setItem("dependabot/" + alert.number())
                .setScope("dependabot")
                .setValue(json)
                .setSourceTime(alert.updatedAt())
                .build();
    }

    private FactChange item(String fact, String item, String json) {
        return change(fact, FactChangeKind.UPSERT, item, json);
    }

    private FactChange change(String fact, FactChangeKind kind, @Nullable String item, @Nullable String json) {
        return FactChange.newBuilder()
                .setFact(fact)
                .setKind(kind)
                .setItem(item)
                .setValue(json)
                .setSourceTime(start)
                .build();
    }

    static String repository(int number) {
        return "service-%03d".formatted(number);
    }

    /// The addresses that GitHub adds to every repository.
    private static String addresses(String repository) {
        var text = new StringBuilder();
        for (var name : List.of(
                "forks",
                "keys",
                "collaborators",
                "teams",
                "hooks",
                "events",
                "branches",
                "tags",
                "blobs",
                "statuses",
                "languages",
                "stargazers",
                "contributors",
                "subscribers",
                "commits",
                "comments",
                "contents",
                "compare",
                "merges",
                "archive",
                "downloads",
                "issues",
                "pulls",
                "milestones",
                "labels",
                "releases")) {
            text.append("\"%1$s_url\":\"https://api.github.com/repos/acme/%2$s/%1$s\",".formatted(name, repository));
        }
        return text.toString();
    }
}
