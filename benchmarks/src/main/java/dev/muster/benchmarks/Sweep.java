package dev.muster.benchmarks;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.library.Framework;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.TopicNames;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.testkit.Http;
import dev.muster.testkit.Platform;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// Measures an edit of the scorecard that ships: until every entity is judged by all rules of the new version, and how
/// long
/// deliveries take meanwhile.
final class Sweep {

    /// Deliveries a second while the sweep runs.
    static final int RATE = 20;

    private static final String SCORECARD = "production-readiness";
    private static final int DESCRIPTORS = 500;
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration LOAD = Duration.ofSeconds(45);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final int entities;
    private final boolean keep;
    private final Consumer<String> progress;
    private final Workload workload = new Workload(Instant.now());
    private final Instant now = Instant.now();

    Sweep(int entities, boolean keep, Consumer<String> progress) {
        this.entities = entities;
        this.keep = keep;
        this.progress = progress;
    }

    /// @param entities that were judged
    /// @param took from the answer to the edit until the last result of the new version was committed
    /// @param sent deliveries while it ran and shortly before and after
    /// @param refused of them, not answered with 202
    /// @param missing accepted ones without a result
    /// @param meanwhile until the result of those that were sent while it ran
    /// @param quiet the same of those before it
    record Measured(
            int entities, Duration took, int sent, int refused, int missing, Latencies meanwhile, Latencies quiet) {}

    Measured measure() throws IOException, InterruptedException, ExecutionException, DefinitionException {
        progress.accept("starting the platform for the sweep");
        try (var platform = Platform.start(Map.of("MUSTER_NOTIFIER_GROUPWAIT", "30s"))) {
            try {
                return measure(platform);
            } finally {
                if (!keep) {
                    platform.close();
                    Folders.delete(platform.data());
                }
            }
        }
    }

    private Measured measure(Platform platform) throws InterruptedException, ExecutionException, DefinitionException {
        var topics = new Topics(AvroSerdes.from(Map.of("schema.registry.url", platform.registryUrl())));
        try (var versions = new Versions(platform.bootstrapServers(), topics.results(), SCORECARD);
                var results = new Committed(platform.bootstrapServers(), TopicNames.RESULTS)) {
            progress.accept("declaring %d services and all that the rules read about them".formatted(entities));
            declare(platform);
            versions.await(1, entities, PATIENCE);
            tell(topics, platform);
            var sender = new OpenLoop(workload, platform);
            progress.accept("warming up");
            var warmUp = results.expect("sweep-warm-up", RATE * 20);
            sender.send(warmUp, 0, RATE * 20, RATE);
            warmUp.await(PATIENCE);
            for (var version = 2; version <= 3; version++) {
                edit(platform, version);
                versions.await(version, entities, PATIENCE);
            }

            progress.accept("editing the scorecard at %d deliveries/s".formatted(RATE));
            var count = (int) (RATE * LOAD.toSeconds());
            var arrivals = results.expect("sweep", count);
            var edited = new long[1];
            var editor = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(QUIET);
                } catch (InterruptedException _) {
                    return;
                }
                edit(platform, 4);
                edited[0] = System.nanoTime();
            });
            var sent = sender.send(arrivals, RATE * 20, count, RATE);
            editor.join();
            var done = versions.await(4, entities, PATIENCE);
            var missing = arrivals.await(PATIENCE) - sent.refusals();
            return new Measured(
                    entities,
                    Duration.ofNanos(done - edited[0]),
                    count,
                    sent.refusals(),
                    missing,
                    arrivals.since(sent.scheduled(), edited[0], done),
                    arrivals.since(sent.scheduled(), 0, edited[0]));
        }
    }

    /// Each edit changes a limit that decides nothing here, so that all is evaluated and nothing is told to people.
    private static void edit(Platform platform, int version) {
        var answer = platform.ingest().put("/v1/scorecards", """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: %s, title: Production readiness, owner: group:default/team-0 }
                spec:
                  from: framework/production-readiness
                  rules:
                    - use: framework/max-known-vulnerabilities
                      with: { maxHigh: %d }
                """.formatted(SCORECARD, 100 + version));
        accepted(answer);
    }

    private void declare(Platform platform) {
        var text = new StringBuilder("""
                apiVersion: backstage.io/v1alpha1
                kind: Group
                metadata: { name: team-0, annotations: { muster.dev/email: team-0@acme.example } }
                spec: { type: team, children: [] }
                """);
        for (var i = 0; i < entities; i++) {
            text.append("""
                    ---
                    apiVersion: backstage.io/v1alpha1
                    kind: Component
                    metadata:
                      name: %1$s
                      annotations:
                        github.com/project-slug: acme/%1$s
                        muster.dev/tier: "1"
                        muster.dev/traits: api, ui, data-store
                        muster.dev/data-class: pii
                    spec: { type: service, lifecycle: production, owner: "group:default/team-0" }
                    """.formatted(Workload.repository(i)));
            if (i % DESCRIPTORS == DESCRIPTORS - 1 || i == entities - 1) {
                accepted(platform.ingest().put("/v1/catalog", text.toString()));
                text.setLength(0);
            }
        }
    }

    /// What an example of each rule tells that passes, and open alerts, about each service itself.
    private void tell(Topics topics, Platform platform)
            throws InterruptedException, ExecutionException, DefinitionException {
        var framework = Framework.fromClassPath();
        var changes = new ArrayList<FactChange>();
        Payments.examples(framework, Payments.scorecard(framework), (rule, fact, told) -> {
            if (!fact.equals(Payments.VULNERABILITIES)) {
                var at = now.minus(told.age());
                if (told.value() != null) {
                    changes.add(change(fact, FactChangeKind.SET, null, told.value(), at));
                } else {
                    changes.add(change(fact, FactChangeKind.REMOVE, "none", null, at));
                    told.items()
                            .forEach((item, json) ->
                                    changes.add(change(fact, FactChangeKind.UPSERT, rule + "/" + item, json, at)));
                }
            }
        });
        for (var alert = 0; alert < Payments.ALERTS; alert++) {
            changes.add(change(
                    Payments.VULNERABILITIES,
                    FactChangeKind.UPSERT,
                    "dependabot/" + (100 + alert),
                    Payments.alert(alert, "low"),
                    now));
        }
        try (var drain = new Drain(workload, topics.facts(), platform.bootstrapServers())) {
            var all = new ArrayList<FactsObserved>();
            for (var i = 0; i < entities; i++) {
                all.add(observed("entity:component:default/" + Workload.repository(i), "told-" + i, changes));
            }
            drain.write(all);
        }
    }

    private FactsObserved observed(String subject, String deliveryId, List<FactChange> changes) {
        return FactsObserved.newBuilder()
                .setSubject(subject)
                .setChanges(changes)
                .setOrigin(Origin.newBuilder()
                        .setSource("github")
                        .setConnection("github")
                        .setDeliveryId(deliveryId)
                        .setBackfill(true)
                        .build())
                .setReceivedAt(now)
                .build();
    }

    private static FactChange change(
            String fact,
            FactChangeKind kind,
            @org.jspecify.annotations.Nullable String item,
            @org.jspecify.annotations.Nullable String json,
            Instant at) {
        return FactChange.newBuilder()
                .setFact(fact)
                .setKind(kind)
                .setItem(item)
                .setValue(json)
                .setSourceTime(at)
                .build();
    }

    private static void accepted(Http.Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("refused with %d: %s".formatted(answer.status(), answer.body()));
        }
    }
}
