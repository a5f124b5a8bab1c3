package dev.muster.benchmarks;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.ScorecardDefinition;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    private static final String SCORECARD_FILE = """
            apiVersion: muster.dev/v1
            kind: Scorecard
            metadata: { name: production-readiness, title: Production readiness, owner: group:default/team-0 }
            spec:
              from: framework/production-readiness
              rules:
            """;

    private final Framework framework = Framework.fromClassPath();
    private final ScorecardDefinition shipped;
    private final int entities;
    private final boolean keep;
    private final Consumer<String> progress;
    private final Workload workload = new Workload(Instant.now());
    private final Instant now = Instant.now();

    /// @throws DefinitionException when the shipped scorecard does not read
    Sweep(int entities, boolean keep, Consumer<String> progress) throws DefinitionException {
        this.shipped = Payments.scorecard(framework);
        this.entities = entities;
        this.keep = keep;
        this.progress = progress;
    }

    /// One edit.
    ///
    /// @param took from the answer to the edit until the last result of the new version was committed
    /// @param rules evaluated for it, and for the deliveries meanwhile
    /// @param sent deliveries while it ran and shortly before and after
    /// @param refused of them, not answered with 202
    /// @param missing accepted ones without a result
    /// @param meanwhile until the result of those that were sent while it ran
    /// @param quiet the same of those before it
    record Edit(Duration took, long rules, int sent, int refused, int missing, Latencies meanwhile, Latencies quiet) {}

    /// @param entities that are judged
    record Measured(int entities, Edit all, Edit one) {}

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
            tell(topics, platform); // before anybody claims it: each service is judged once, on all of it
            declare(platform);
            versions.await(1, entities, PATIENCE);
            var sender = new OpenLoop(workload, platform);
            progress.accept("warming up");
            var warmUp = results.expect("sweep-warm-up", RATE * 20);
            sender.send(warmUp, 0, RATE * 20, RATE);
            warmUp.await(PATIENCE);
            for (var version = 2; version <= 3; version++) { // not counted
                edit(platform, version == 2 ? everyRule(version) : oneRule(version));
                versions.await(version, entities, PATIENCE);
            }
            var all = measure(platform, versions, results, sender, 4, everyRule(4));
            var one = measure(platform, versions, results, sender, 5, oneRule(5));
            return new Measured(entities, all, one);
        }
    }

    private Edit measure(
            Platform platform, Versions versions, Committed results, OpenLoop sender, int version, String scorecard)
            throws InterruptedException {
        progress.accept("editing the scorecard at %d deliveries/s".formatted(RATE));
        var count = (int) (RATE * LOAD.toSeconds());
        var arrivals = results.expect("sweep-" + version, count);
        var edited = new AtomicLong();
        var before = WholeWay.rulesEvaluated(platform);
        var editor = Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(QUIET.toNanos());
            edit(platform, scorecard);
            edited.set(System.nanoTime());
        });
        var sent = sender.send(arrivals, version * count, count, RATE);
        editor.join();
        var done = versions.await(version, entities, PATIENCE);
        var missing = arrivals.await(PATIENCE) - sent.refusals();
        return new Edit(
                Duration.ofNanos(done - edited.get()),
                WholeWay.rulesEvaluated(platform) - before,
                count,
                sent.refusals(),
                missing,
                arrivals.since(sent.scheduled(), edited.get(), done),
                arrivals.since(sent.scheduled(), Long.MIN_VALUE, edited.get()));
    }

    private static void edit(Platform platform, String scorecard) {
        accepted(platform.ingest().put("/v1/scorecards", scorecard));
    }

    /// Another limit, which decides nothing here.
    private static String oneRule(int version) {
        return SCORECARD_FILE + """
                    - use: framework/max-known-vulnerabilities
                      with: { maxHigh: %d }
                """.formatted(100 + version);
    }

    /// Other weights.
    private String everyRule(int version) {
        var text = new StringBuilder(SCORECARD_FILE);
        for (var rule : shipped.rules()) {
            text.append("    - use: framework/%s%n      weight: %d%n".formatted(rule.id(), version));
        }
        return text.toString();
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
        var changes = new ArrayList<FactChange>();
        Payments.examples(framework, shipped, (rule, fact, told) -> {
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
            String fact, FactChangeKind kind, @Nullable String item, @Nullable String json, Instant at) {
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
