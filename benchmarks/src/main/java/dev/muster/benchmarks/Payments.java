package dev.muster.benchmarks;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactReading;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.Origin;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.fact.Version;
import dev.muster.engine.library.ExampleReader;
import dev.muster.engine.library.Framework;
import dev.muster.engine.library.RuleExample;
import dev.muster.engine.library.ScorecardReader;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.rule.EntityView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A service to which every rule of the shipped scorecard applies, and all that those rules read about it: what an
/// example of each rule tells that passes, and open alerts of its repository.
///
/// Keeps the readings of facts as the evaluator does: what has changed is read again, and of it only the items that are
/// others.
final class Payments implements Facts {

    static final Instant NOW = ExampleReader.NOW;
    static final int ALERTS = 20;
    static final String VULNERABILITIES = "vulnerabilities";

    static final EntityView ENTITY = new EntityView(
            "component:default/payments",
            "Component",
            "default",
            "payments",
            null,
            "service",
            "production",
            "group:default/payments",
            null,
            1,
            List.of("java"),
            Map.of("muster.dev/traits", "api, ui, data-store", "muster.dev/data-class", "pii"),
            List.of("component:default/ledger"));

    private static final String ITSELF = "entity:" + ENTITY.ref();
    private static final String REPOSITORY = "repo:github.com/acme/payments";
    private static final int BOUND = 5000;
    private static final List<String> SEVERITIES = List.of("low", "medium");

    private final FactCatalogue catalogue;
    private final Map<String, List<SubjectFact>> told = new HashMap<>();
    private final Map<String, FactReading> readings = new HashMap<>();
    private final Set<String> read = new HashSet<>();
    private int changes;

    private Payments(FactCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// The scorecard that ships, with all its rules.
    static ScorecardDefinition scorecard(Framework framework) throws DefinitionException {
        return new ScorecardReader(framework.facts(), framework.rules()).read("shipped.yaml", """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: production-readiness, title: Production readiness, owner: group:default/platform }
                spec: { from: framework/production-readiness }
                """);
    }

    /// @throws DefinitionException when an example does not read
    static Payments told(Framework framework, ScorecardDefinition scorecard) throws DefinitionException {
        var payments = new Payments(framework.facts());
        examples(framework, scorecard, payments::tell);
        payments.told.remove(VULNERABILITIES);
        for (var i = 0; i < ALERTS; i++) {
            payments.changeAlert();
        }
        return payments;
    }

    /// Takes a fact of an example.
    @FunctionalInterface
    interface Teller {
        void tell(String rule, String fact, RuleExample.Told told);
    }

    /// What an example of each rule tells that passes.
    ///
    /// @throws DefinitionException when an example does not read
    static void examples(Framework framework, ScorecardDefinition scorecard, Teller teller) throws DefinitionException {
        for (var rule : scorecard.rules()) {
            var file = framework.examples().get("framework/" + rule.id());
            ExampleReader.read(rule.id(), String.valueOf(file), framework.facts()).stream()
                    .filter(it -> it.expect() == Outcome.PASS && it.with().isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no example of " + rule.id() + " passes"))
                    .facts()
                    .forEach((fact, told) -> teller.tell(rule.id(), fact, told));
        }
    }

    private void tell(String rule, String fact, RuleExample.Told value) {
        var version = version(NOW.minus(value.age()), 0);
        var json = value.value();
        if (json != null) {
            change(ITSELF, new FactChange.Set(fact, json, version, origin(0), false));
            return;
        }
        change(ITSELF, new FactChange.Remove(fact, "none", "", version, origin(0), false));
        value.items()
                .forEach((item, content) -> change(
                        ITSELF,
                        new FactChange.Upsert(fact, rule + "/" + item, "", content, version, origin(0), false)));
    }

    /// One alert after the other is told again, most of them more or less severe than before; two stay high. Gives the
    /// register after that.
    FactState changeAlert() {
        var alert = changes % ALERTS;
        var severity = alert % 10 == 0 ? "high" : SEVERITIES.get(changes / ALERTS % SEVERITIES.size());
        changes++;
        return change(
                REPOSITORY,
                new FactChange.Upsert(
                        VULNERABILITIES,
                        "dependabot/" + alert,
                        "dependabot",
                        alert(alert, severity),
                        version(NOW.plusMillis(changes), changes),
                        origin(alert),
                        false));
    }

    /// An alert as JSON.
    static String alert(int number, String severity) {
        return "{\"ecosystem\":\"npm\",\"fixAvailable\":true,\"id\":\"CVE-2026-" + number + "\",\"openedAt\":\""
                + NOW.minus(Duration.ofDays(number)) + "\",\"package\":\"p" + number + "\",\"severity\":\"" + severity
                + "\",\"url\":\"https://example.org/" + number + "\"}";
    }

    private FactState change(String subject, FactChange change) {
        var before = of(change.fact());
        var after = Registers.apply(before.isEmpty() ? null : before.getFirst().state(), change, BOUND);
        told.put(change.fact(), List.of(new SubjectFact(subject, after)));
        read.remove(change.fact());
        return after;
    }

    /// As if nothing had been read yet, such as after a start.
    void forgetReadings() {
        read.clear();
        readings.clear();
    }

    @Override
    public List<SubjectFact> of(String fact) {
        return told.getOrDefault(fact, List.of());
    }

    @Override
    public Optional<FactReading> reading(FactCatalogue ignored, String fact) {
        if (read.add(fact)) {
            catalogue.read(fact, of(fact), readings.get(fact)).ifPresent(it -> readings.put(fact, it));
        }
        return Optional.ofNullable(readings.get(fact));
    }

    private static Version version(Instant at, int number) {
        return new Version(at, 0, NOW, "delivery-" + number);
    }

    private static Origin origin(int number) {
        return new Origin("github", "github", "delivery-" + number, "octocat", "https://example.org/" + number, false);
    }
}
