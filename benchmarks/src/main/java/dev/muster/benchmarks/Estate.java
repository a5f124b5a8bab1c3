package dev.muster.benchmarks;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.library.Framework;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.testkit.Http;
import dev.muster.testkit.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// What a large organisation has: services of many teams and systems, each judged by the scorecard that ships on all
/// that its rules read.
final class Estate {

    static final String SCORECARD = "production-readiness";

    /// The scorecard that ships as a file; rules may be added.
    static final String SCORECARD_FILE = """
            apiVersion: muster.dev/v1
            kind: Scorecard
            metadata: { name: production-readiness, title: Production readiness, owner: group:default/team-0 }
            spec:
              from: framework/production-readiness
            """;

    private static final int DESCRIPTORS = 500;
    private static final int SERVICES_OF_TEAM = 50;
    private static final int SERVICES_OF_SYSTEM = 25;

    private final Framework framework = Framework.fromClassPath();
    private final ScorecardDefinition shipped;
    private final Workload workload = new Workload(Instant.now());
    private final Instant now = Instant.now();
    private final int services;

    /// @throws DefinitionException when the shipped scorecard does not read
    Estate(int services) throws DefinitionException {
        this.shipped = Payments.scorecard(framework);
        this.services = services;
    }

    int services() {
        return services;
    }

    ScorecardDefinition scorecard() {
        return shipped;
    }

    Workload workload() {
        return workload;
    }

    /// Reference of a service.
    static String service(int number) {
        return "component:default/" + Workload.repository(number);
    }

    /// Reference of the team that owns it.
    static String owner(int number) {
        return "group:default/" + team(number);
    }

    private static String team(int number) {
        return "team-" + number / SERVICES_OF_TEAM;
    }

    private static String system(int number) {
        return "system-" + number / SERVICES_OF_SYSTEM;
    }

    /// Tells everything before anybody claims it, so that each service is judged once, on all of it.
    ///
    /// @throws DefinitionException when an example does not read
    void settle(Topics topics, Platform platform) throws InterruptedException, ExecutionException, DefinitionException {
        tell(topics, platform);
        declare(platform);
    }

    private void declare(Platform platform) {
        var text = new StringBuilder();
        for (var i = 0; i < services; i++) {
            if (i % SERVICES_OF_TEAM == 0) {
                text.append("""
                        ---
                        apiVersion: backstage.io/v1alpha1
                        kind: Group
                        metadata: { name: %1$s, annotations: { muster.dev/email: %1$s@acme.example } }
                        spec: { type: team, children: [] }
                        """.formatted(team(i)));
            }
            if (i % SERVICES_OF_SYSTEM == 0) {
                text.append("""
                        ---
                        apiVersion: backstage.io/v1alpha1
                        kind: System
                        metadata: { name: %s }
                        spec: { owner: "%s" }
                        """.formatted(system(i), owner(i)));
            }
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
                    spec: { type: service, lifecycle: production, owner: "%2$s", system: %3$s }
                    """.formatted(Workload.repository(i), owner(i), system(i)));
            if (i % DESCRIPTORS == DESCRIPTORS - 1 || i == services - 1) {
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
            for (var i = 0; i < services; i++) {
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

    /// @throws IllegalStateException when it is not 200
    static void accepted(Http.Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("refused with %d: %s".formatted(answer.status(), answer.body()));
        }
    }
}
