package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.ingest.reconcile.Reconciliations;
import dev.muster.records.FactMapping;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.ReconciliationKind;
import dev.muster.schemas.v1.ReconciliationState;
import dev.muster.testkit.FakeGithub;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// An organisation at a fake GitHub, and the whole service that reconciles it, under a clock that the test moves.
///
/// Connection and organisation have one name, which no other test has: they share the broker.
final class ReconciledGithub implements AutoCloseable {

    private static final int LOOKS_OF_TEN_SECONDS = 50;

    static final String TOKEN = "github_pat_of_the_tests";

    final SetClock clock = new SetClock(Instant.parse("2026-10-05T12:00:00Z"));
    final FakeGithub github = FakeGithub.start(clock);
    private final String name;
    private final List<String> settings = new ArrayList<>();
    private @Nullable ConfigurableApplicationContext service;

    ReconciledGithub(String name) {
        this.name = name;
        github.takes(TOKEN);
        github.has("/orgs/" + name + "/repos", "[]");
        github.has("/orgs/" + name + "/teams", "[]");
        github.does("/graphql", _ -> JsonMapper.shared().readTree("""
                {"data":{"repository":{"branchProtectionRules":{"pageInfo":{"hasNextPage":false},"nodes":[]}}}}"""));
    }

    /// Lists these repositories, each without alerts, rules or files.
    void hasRepositories(String... repositories) {
        var list = new ArrayList<String>();
        for (var repository : repositories) {
            var full = name + "/" + repository;
            var json = """
                    {"id":%d,"full_name":"%s","default_branch":"main","visibility":"private","archived":false,
                     "updated_at":"2026-10-01T00:00:00Z"}""".formatted(repository.hashCode() & 0xffff, full);
            list.add(json);
            github.has("/repos/" + full, json);
            for (var empty : List.of("rulesets", "dependabot/alerts", "secret-scanning/alerts", "releases", "hooks")) {
                github.has("/repos/" + full + "/" + empty, "[]");
            }
            github.has("/repos/" + full + "/git/trees/main", "{\"tree\":[]}");
        }
        github.has("/orgs/" + name + "/repos", "[" + String.join(",", list) + "]");
    }

    void hasTeam(String slug, String... logins) {
        github.has("/orgs/" + name + "/teams", "[{\"slug\":\"" + slug + "\"}]");
        hasMembers(slug, logins);
    }

    void hasMembers(String slug, String... logins) {
        var members = new ArrayList<String>();
        for (var login : logins) {
            members.add(
                    "{\"login\":\"%s\",\"role\":\"%s\"}".formatted(login, members.isEmpty() ? "maintainer" : "member"));
        }
        github.has("/orgs/" + name + "/teams/" + slug + "/members", "[" + String.join(",", members) + "]");
    }

    ReconciledGithub with(String setting, String value) {
        settings.add("--muster.reconcile." + name + "." + setting + "=" + value);
        return this;
    }

    void start() {
        var arguments = new ArrayList<String>();
        arguments.add("--muster.connections." + name + ".source=github");
        arguments.add("--muster.connections." + name + ".secret=" + Http.SECRET);
        arguments.add("--muster.reconcile." + name + ".url=" + github.api());
        arguments.add("--muster.reconcile." + name + ".host=github.com");
        arguments.add("--muster.reconcile." + name + ".organizations=" + name);
        if (settings.stream().noneMatch(it -> it.contains(".app-id="))) {
            arguments.add("--muster.reconcile." + name + ".token=" + TOKEN);
        }
        arguments.addAll(settings);
        service = IngestContext.start(
                TestBroker.shared(), TestRegistry.shared(), clock, arguments.toArray(String[]::new));
    }

    void startAndAwaitSnapshot() {
        var at = clock.instant();
        start();
        awaitSnapshot(at);
    }

    /// Waits for a snapshot that ended at that instant or later. On a machine that is too busy for its broker the
    /// reconciler pauses: then the clock goes on.
    void awaitSnapshot(Instant at) {
        var looks = new AtomicInteger();
        await("a snapshot").until(() -> {
            if (looks.incrementAndGet() % LOOKS_OF_TEN_SECONDS == 0) {
                clock.advance(Duration.ofSeconds(10));
            }
            var last = status().reconciledAt().get(ReconciliationKind.SNAPSHOT);
            return last != null && !last.isBefore(at);
        });
    }

    void awaitAccess(ReconciliationState state) {
        await("access " + state).until(() -> status().access() == state);
    }

    Reconciliations.Status status() {
        return service().getBean(Reconciliations.class).find(name).orElseThrow();
    }

    /// Stops the service as it is.
    void stop() {
        service().close();
        service = null;
    }

    private ConfigurableApplicationContext service() {
        if (service == null) {
            throw new IllegalStateException("not started");
        }
        return service;
    }

    /// Posts a webhook as GitHub does.
    void deliver(String id, String event, String body) {
        var http = new Http(IngestContext.port(service()));
        var bytes = body.getBytes(UTF_8);
        var answer = http.send(http.to("/v1/webhooks/" + name)
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", id)
                .header("X-Hub-Signature-256", Http.signature(Http.SECRET, bytes))
                .POST(BodyPublishers.ofByteArray(bytes)));
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.body());
        }
    }

    /// All that was told of a subject.
    List<FactsObserved> told(String subject) {
        var told = new ArrayList<FactsObserved>();
        var topics = service().getBean(Topics.class);
        for (var record : new TopicRecords(TestBroker.shared().bootstrapServers()).all(topics.facts())) {
            if (record.key().equals(subject)) {
                told.add(record.value());
            }
        }
        return told;
    }

    /// What is known of a fact, as the evaluator keeps it; null when nothing is.
    @Nullable
    FactState state(String subject, String fact) {
        FactState state = null;
        for (var observed : told(subject)) {
            for (var change : FactMapping.toEngine(observed)) {
                if (change.fact().equals(fact)) {
                    state = Registers.apply(state, change, 5_000);
                }
            }
        }
        return state;
    }

    /// Ids of the items that count.
    Set<String> items(String subject, String fact) {
        return state(subject, fact) instanceof FactState.Collection collection
                ? collection.visible().keySet()
                : Set.of();
    }

    String repository(String repository) {
        return "repo:github.com/" + name + "/" + repository;
    }

    String team(String slug) {
        return "team:github.com/" + name + "/" + slug;
    }

    double meter(String meter, String... tags) {
        var found = service()
                .getBean(MeterRegistry.class)
                .find(meter)
                .tag("connection", name)
                .tags(tags)
                .meter();
        return found == null ? 0 : found.measure().iterator().next().getValue();
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200));
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
        github.close();
    }
}
