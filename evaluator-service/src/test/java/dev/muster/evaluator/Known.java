package dev.muster.evaluator;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What tests tell: facts, entities, scorecards, with the least words.
public final class Known {

    public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    public static final String REPO = "repo:github.com/acme/payments";
    public static final String PAYMENTS = "component:default/payments";

    public static final FactCatalogue CATALOGUE = catalogue("""
            name: vulnerabilities
            kind: collection
            doc: Known vulnerabilities
            fields:
              severity: { type: string, doc: How bad }
              openedAt: { type: timestamp, doc: Since when }
              manifest: { type: string, path: true, doc: Where }
            ---
            name: whereabouts
            kind: object
            doc: Where a name went
            fields:
              movedTo: { type: string, doc: What took its place }
              deleted: { type: bool, doc: Whether it was deleted }
            ---
            name: alerts
            kind: collection
            doc: Alerts that fire
            bound: 4
            fields:
              name: { type: string, doc: Name }
              startsAt: { type: timestamp, doc: Since when }
            ---
            name: coverage
            kind: object
            doc: Test coverage
            fields:
              newCode: { type: double, doc: Of new code }
            ---
            name: runbook
            kind: object
            doc: The runbook
            fields:
              exists: { type: bool, doc: Whether it is there }
              confirmedAt: { type: timestamp, doc: When somebody looked }
            ---
            name: readiness
            kind: collection
            doc: Levels that are reached
            fields:
              entity: { type: string, doc: Entity }
              scorecard: { type: string, doc: Scorecard }
              level: { type: string, doc: Level }
              reached: { type: list<string>, doc: Levels }
              undecided: { type: list<string>, doc: Levels }
              tier: { type: int, doc: Tier }
            ---
            name: exemptions
            kind: collection
            doc: Exemptions
            fields:
              rule: { type: string, doc: Rule }
              finding: { type: string, doc: Finding }
              reason: { type: string, doc: Why }
              approvedBy: { type: string, doc: Who }
              state: { type: string, doc: State }
              expires: { type: timestamp, doc: End }
            ---
            name: attestations
            kind: collection
            doc: Attestations
            fields:
              rule: { type: string, doc: Rule }
              by: { type: string, doc: Who }
              evidence: { type: string, doc: What }
              at: { type: timestamp, doc: When }
              expires: { type: timestamp, doc: End }
            """);

    private Known() {}

    private static FactCatalogue catalogue(String yaml) {
        try {
            return FactCatalogue.parse(Map.of("facts.yaml", yaml));
        } catch (DefinitionException e) {
            throw new AssertionError(e);
        }
    }

    // ---- facts

    public static FactChange set(String fact, String json, Instant at) {
        return change(fact, FactChangeKind.SET, null, json, Map.of(), at);
    }

    public static FactChange upsert(String fact, String item, String json, Instant at) {
        return change(fact, FactChangeKind.UPSERT, item, json, Map.of(), at);
    }

    public static FactChange remove(String fact, String item, Instant at) {
        return change(fact, FactChangeKind.REMOVE, item, null, Map.of(), at);
    }

    public static FactChange snapshot(String fact, Map<String, String> items, Instant at) {
        return change(fact, FactChangeKind.SNAPSHOT, null, null, items, at);
    }

    public static FactChange invalidate(String fact, Instant at) {
        return change(fact, FactChangeKind.INVALIDATE, null, null, Map.of(), at);
    }

    public static FactChange vulnerability(String item, String severity, Instant at) {
        return upsert("vulnerabilities", item, "{\"openedAt\":\"%s\",\"severity\":\"%s\"}".formatted(at, severity), at);
    }

    /// A critical one that is somewhere in the repository.
    public static FactChange vulnerabilityIn(String manifest, String item, Instant at) {
        var json = "{\"manifest\":\"%s\",\"openedAt\":\"%s\",\"severity\":\"critical\"}".formatted(manifest, at);
        return upsert("vulnerabilities", item, json, at);
    }

    public static FactChange movedTo(String subject, Instant at) {
        return set("whereabouts", "{\"movedTo\":\"%s\"}".formatted(subject), at);
    }

    public static FactChange inUse(Instant at) {
        return set("whereabouts", "{}", at);
    }

    public static FactChange deleted(Instant at) {
        return set("whereabouts", "{\"deleted\":true}", at);
    }

    public static FactChange coverage(double newCode, Instant at) {
        return set("coverage", "{\"newCode\":%s}".formatted(newCode), at);
    }

    public static FactChange runbook(boolean exists, Instant confirmedAt, Instant at) {
        return set("runbook", "{\"confirmedAt\":\"%s\",\"exists\":%s}".formatted(confirmedAt, exists), at);
    }

    private static FactChange change(
            String fact, FactChangeKind kind, String item, String json, Map<String, String> items, Instant at) {
        return new FactChange(fact, kind, item, "", json, items, at, 0, false, 0L);
    }

    public static FactsObserved observed(String subject, String deliveryId, FactChange... changes) {
        return observed(subject, deliveryId, false, changes);
    }

    public static FactsObserved observed(String subject, String deliveryId, boolean backfill, FactChange... changes) {
        var origin =
                new Origin("github", "github", deliveryId, "octocat", "https://example.org/" + deliveryId, backfill);
        return new FactsObserved(subject, List.of(changes), origin, NOON, null);
    }

    // ---- entities

    public static Entity entity(String ref, String... claims) {
        return entity(ref, 1, claims);
    }

    public static Entity entity(String ref, Integer tier, String... claims) {
        var all = new ArrayList<>(List.of(claims));
        all.add("entity:" + ref);
        all.sort(null);
        return Entity.newBuilder()
                .setRef(ref)
                .setKind("Component")
                .setNamespace("default")
                .setName(ref.substring(ref.indexOf('/') + 1))
                .setType("service")
                .setOwner("group:default/payments-team")
                .setTier(tier)
                .setClaims(all)
                .setAppliedAt(NOON)
                .setAppliedBy("alice")
                .setDeliveryId("apply-" + ref)
                .setDigest("d")
                .build();
    }

    /// One that claims a part of a subject.
    public static Entity entityIn(String path, String ref, String subject) {
        return Entity.newBuilder(entity(ref, subject))
                .setPaths(Map.of(subject, List.of(path)))
                .build();
    }

    // ---- scorecards

    public static Rule rule(String id, String check) {
        return rule(id, check, "bronze").build();
    }

    public static Rule.Builder rule(String id, String check, String level) {
        return Rule.newBuilder()
                .setId(id)
                .setTitle("Title of " + id)
                .setCheck(check)
                .setLevel(level)
                .setWeight(1)
                .setRemediation("do something about " + id);
    }

    public static Rule noCritical() {
        return rule("no-critical", "vulnerabilities.filter(v, v.severity == 'critical').size() == 0");
    }

    public static Rule covered() {
        return rule("covered", "coverage.newCode >= 80.0", "silver").build();
    }

    public static Rule confirmed(Duration within) {
        return rule("confirmed", "within(runbook.confirmedAt, duration('%ds'))".formatted(within.toSeconds()));
    }

    public static Scorecard.Builder scorecard(String name, int version, Rule... rules) {
        return Scorecard.newBuilder()
                .setName(name)
                .setTitle("Title of " + name)
                .setVersion(version)
                .setAppliesTo("entity.kind == 'Component'")
                .setLevels(List.of("bronze", "silver"))
                .setRules(List.of(rules))
                .setText("")
                .setPublishedAt(NOON)
                .setPublishedBy("bob")
                .setDeliveryId("publish-" + name + "-" + version)
                .setDigest(name + version);
    }
}
