package dev.muster.portal;

import dev.muster.schemas.v1.Cause;
import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Evidence;
import dev.muster.schemas.v1.Link;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.RuleChange;
import dev.muster.schemas.v1.RuleOutcome;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.Standing;
import dev.muster.schemas.v1.Transition;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A small organisation, and what happens to it.
public final class Story {

    public static final String SCORECARD = "production-readiness";
    public static final String TEAM = "group:default/payments-team";

    /// Rules of the scorecard: id, title, level, weight, dimension, remediation.
    private static final List<List<String>> RULES = List.of(
            List.of(
                    "max-known-vulnerabilities",
                    "No known critical vulnerability is open",
                    "bronze",
                    "5",
                    "security",
                    "Merge the pull request of Dependabot, or update the package by hand and release."),
            List.of(
                    "has-runbook",
                    "A runbook exists and was looked at this half-year",
                    "bronze",
                    "3",
                    "operational readiness",
                    "https://example.org/runbook-template"),
            List.of(
                    "default-branch-protected",
                    "The default branch is protected",
                    "bronze",
                    "3",
                    "delivery",
                    "Require one approval and the build on the default branch."),
            List.of(
                    "tests-pass",
                    "The build of the default branch is green",
                    "silver",
                    "3",
                    "delivery",
                    "Look at the failed run and mend it before the next merge."),
            List.of(
                    "coverage",
                    "Coverage of new code is at least 80 %",
                    "silver",
                    "2",
                    "quality",
                    "Add tests to what the last pull request changed."),
            List.of(
                    "no-leaked-secret",
                    "No secret is publicly leaked",
                    "silver",
                    "5",
                    "security",
                    "Revoke the secret first, then remove it."),
            List.of(
                    "on-call",
                    "Somebody is on call",
                    "gold",
                    "3",
                    "operational readiness",
                    "Create a schedule and link it in catalog-info.yaml."),
            List.of(
                    "alerts-have-runbooks",
                    "Every alert links a runbook",
                    "gold",
                    "2",
                    "operational readiness",
                    "Add runbook_url to the alert rule."));

    private final Portal portal;
    private final Instant start;

    /// @param start the day on which the story begins
    public Story(Portal portal, Instant start) {
        this.portal = portal;
        this.start = start;
    }

    public static Scorecard scorecard() {
        var rules = new ArrayList<Rule>();
        for (var rule : RULES) {
            rules.add(Rule.newBuilder()
                    .setId(rule.get(0))
                    .setTitle(rule.get(1))
                    .setMotivation("It was the cause of an outage last year.")
                    .setCheck("vulnerabilities.filter(v, v.severity == 'critical').size() <= params.maxCritical")
                    .setLevel(rule.get(2))
                    .setWeight(Integer.parseInt(rule.get(3)))
                    .setDimension(rule.get(4))
                    .setRemediation(rule.get(5))
                    .build());
        }
        return Scorecard.newBuilder()
                .setName(SCORECARD)
                .setTitle("Production readiness")
                .setDescription("What a service needs before it may be woken up for.")
                .setOwner("group:default/platform")
                .setVersion(3)
                .setAppliesTo("entity.kind == 'Component' && entity.type == 'service'")
                .setLevels(List.of("bronze", "silver", "gold"))
                .setRules(rules)
                .setText("")
                .setPublishedAt(Instant.parse("2026-11-20T09:00:00Z"))
                .setPublishedBy("admin")
                .setDeliveryId("request-1")
                .setDigest("0")
                .build();
    }

    public static Entity component(String name, String owner, int tier) {
        return Entity.newBuilder()
                .setRef("component:default/" + name)
                .setKind("Component")
                .setNamespace("default")
                .setName(name)
                .setDescription("Keeps " + name + " going, day and night.")
                .setType("service")
                .setLifecycle("production")
                .setOwner(owner)
                .setSystem("system:default/shop")
                .setTier(tier)
                .setTags(List.of("java", "kafka"))
                .setLinks(List.of(
                        new Link("https://example.org/runbooks/" + name, "Runbook", "runbook"),
                        new Link("https://example.org/dashboards/" + name, "Dashboard", "dashboard"),
                        new Link("javascript:alert(1)", "Do not click", null)))
                .setDependsOn(List.of("component:default/ledger"))
                .setClaims(List.of("entity:component:default/" + name, "repo:github.com/acme/" + name))
                .setAppliedAt(Instant.parse("2026-11-20T08:00:00Z"))
                .setAppliedBy("admin")
                .setDeliveryId("request-0")
                .setDigest("0")
                .build();
    }

    public static Entity group(String name, String title) {
        return Entity.newBuilder()
                .setRef("group:default/" + name)
                .setKind("Group")
                .setNamespace("default")
                .setName(name)
                .setDisplayName(title)
                .setMembers(List.of("user:default/ada", "user:default/linus"))
                .setAppliedAt(Instant.parse("2026-11-20T08:00:00Z"))
                .setAppliedBy("admin")
                .setDeliveryId("request-0")
                .setDigest("0")
                .build();
    }

    /// A result in which the named rules have the named outcomes and all others pass.
    public static Result result(String entity, long version, String level, Instant at, Map<String, Outcome> others) {
        var rules = new ArrayList<RuleOutcome>();
        int passed = 0;
        int decided = 0;
        int applicable = 0;
        for (var rule : RULES) {
            var outcome = others.getOrDefault(rule.get(0), Outcome.PASS);
            int weight = Integer.parseInt(rule.get(3));
            applicable += outcome == Outcome.NOT_APPLICABLE || outcome == Outcome.EXEMPT ? 0 : weight;
            decided += List.of(Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.ERROR)
                            .contains(outcome)
                    ? weight
                    : 0;
            passed += outcome == Outcome.PASS || outcome == Outcome.WARN ? weight : 0;
            rules.add(RuleOutcome.newBuilder()
                    .setRule(rule.get(0))
                    .setTitle(rule.get(1))
                    .setOutcome(outcome)
                    .setSince(outcome == Outcome.PASS ? at.minus(Duration.ofDays(12)) : at)
                    .setMessage(message(rule.get(0), outcome))
                    .setLevel(rule.get(2))
                    .setWeight(weight)
                    .setDimension(rule.get(4))
                    .setRemediation(rule.get(5))
                    .setEvidence(
                            outcome == Outcome.UNKNOWN
                                    ? List.of()
                                    : List.of(new Evidence(
                                            "vulnerabilities",
                                            "repo:github.com/acme/" + entity.substring(entity.indexOf('/') + 1),
                                            at,
                                            "github",
                                            "https://github.com/acme")))
                    .build());
        }
        return Result.newBuilder()
                .setEntity(entity)
                .setScorecard(SCORECARD)
                .setScorecardVersion(3)
                .setVersion(version)
                .setLevel(level)
                .setScore(decided == 0 ? 0 : 100 * passed / decided)
                .setCoverage(100 * decided / applicable)
                .setEvaluatedAt(at)
                .setRules(rules)
                .setCause(cause(entity, at, version))
                .setNextChangeAt(at.plus(Duration.ofDays(30)))
                .build();
    }

    public static Cause cause(String entity, Instant at, long version) {
        return Cause.newBuilder()
                .setKind(CauseKind.FACT)
                .setSource("github")
                .setConnection("github")
                .setDeliveryId("72d3162e-cc78-11e3-81ab-4c9367dc" + String.format("%04d", version))
                .setActor("octocat")
                .setUrl("https://github.com/acme/payments/security/dependabot/7")
                .setSubject("repo:github.com/acme/" + entity.substring(entity.indexOf('/') + 1))
                .setFact("vulnerabilities")
                .setBefore("{\"id\":\"CVE-2026-1234\",\"package\":\"left-pad\",\"severity\":\"low\"}")
                .setAfter("{\"id\":\"CVE-2026-1234\",\"package\":\"left-pad\",\"severity\":\"critical\"}")
                .setAt(at)
                .setScorecardVersion(3)
                .build();
    }

    public static Transition transition(Result before, Result after, TransitionKind kind, String owner) {
        var changes = new ArrayList<RuleChange>();
        for (int i = 0; i < after.getRules().size(); i++) {
            var now = after.getRules().get(i);
            var then = before == null ? null : before.getRules().get(i).getOutcome();
            if (then != now.getOutcome() && (then != null || now.getOutcome() != Outcome.PASS)) {
                changes.add(RuleChange.newBuilder()
                        .setRule(now.getRule())
                        .setTitle(now.getTitle())
                        .setLevel(now.getLevel())
                        .setBefore(then)
                        .setAfter(now.getOutcome())
                        .setMessage(now.getMessage())
                        .setRemediation(now.getRemediation())
                        .build());
            }
        }
        return Transition.newBuilder()
                .setId(after.getEntity().replaceAll("[^a-z]", "") + "-" + after.getVersion())
                .setEntity(after.getEntity())
                .setScorecard(SCORECARD)
                .setScorecardTitle("Production readiness")
                .setScorecardVersion(3)
                .setVersion(after.getVersion())
                .setKind(kind)
                .setAt(after.getCause().getAt())
                .setBefore(before == null ? null : standing(before))
                .setAfter(standing(after))
                .setChanges(changes)
                .setCause(after.getCause())
                .setOwner(owner)
                .setTier(1)
                .build();
    }

    private static Standing standing(Result result) {
        var outcomes = new LinkedHashMap<String, Outcome>();
        result.getRules().forEach(rule -> outcomes.put(rule.getRule(), rule.getOutcome()));
        return new Standing(result.getLevel(), result.getScore(), result.getCoverage(), outcomes);
    }

    private static String message(String rule, Outcome outcome) {
        return switch (outcome) {
            case PASS -> "everything is as it should be";
            case FAIL ->
                rule.equals("max-known-vulnerabilities")
                        ? "1 critical vulnerability is open (max 0): CVE-2026-1234 in org.example:parser"
                        : "coverage of new code is 61.5 %";
            case UNKNOWN -> "nobody has reported it";
            case STALE -> "last confirmed 200 days ago";
            case WARN -> "3 of 4 weeks have passed";
            case EXEMPT -> "exempt until 1 Jan 2027: replaced in December";
            case NOT_APPLICABLE -> "not asked of tier 3";
            case ERROR -> "no such key: maxCritical";
        };
    }

    /// Tells the portal the scorecard, teams and components.
    public void begin() {
        var topics = portal.topics();
        portal.tell(topics.scorecards(), SCORECARD, scorecard());
        for (var group : List.of(
                group("payments-team", "Payments team"),
                group("storefront", "Storefront"),
                group("platform", "Platform"))) {
            portal.tell(topics.catalog(), group.getRef(), group);
        }
    }

    public void declare(Entity entity) {
        portal.tell(portal.topics().catalog(), entity.getRef(), entity);
    }

    /// Tells a result together with its transition, as the evaluator does.
    public void happen(Result before, Result after, TransitionKind kind, String owner) {
        var topics = portal.topics();
        portal.tell(topics.transitions(), after.getEntity(), transition(before, after, kind, owner));
        portal.tell(topics.results(), after.getEntity() + "|" + SCORECARD, after);
    }

    /// The whole story, for looking at it.
    public void tellAll() {
        begin();
        var payments = component("payments", TEAM, 1);
        var ledger = component("ledger", TEAM, 1);
        var cart = component("cart", "group:default/storefront", 2);
        var search = component("search", "group:default/storefront", 3);
        var mail = component("newsletter", null, 3);
        List.of(payments, ledger, cart, search, mail).forEach(this::declare);

        var ledgerNow = result(ledger.getRef(), 1, "gold", start.plus(Duration.ofHours(1)), Map.of());
        happen(null, ledgerNow, TransitionKind.BASELINE, TEAM);
        var cart1 = result(
                cart.getRef(),
                1,
                null,
                start.plus(Duration.ofHours(2)),
                Map.of("has-runbook", Outcome.STALE, "coverage", Outcome.FAIL, "on-call", Outcome.UNKNOWN));
        happen(null, cart1, TransitionKind.BASELINE, "group:default/storefront");
        var cart2 = result(
                cart.getRef(),
                2,
                "bronze",
                start.plus(Duration.ofHours(20)),
                Map.of("coverage", Outcome.FAIL, "on-call", Outcome.UNKNOWN));
        happen(cart1, cart2, TransitionKind.RECOVERED, "group:default/storefront");
        var search1 = result(
                search.getRef(),
                1,
                "silver",
                start.plus(Duration.ofHours(3)),
                Map.of(
                        "on-call",
                        Outcome.UNKNOWN,
                        "alerts-have-runbooks",
                        Outcome.NOT_APPLICABLE,
                        "tests-pass",
                        Outcome.WARN,
                        "no-leaked-secret",
                        Outcome.EXEMPT));
        happen(null, search1, TransitionKind.BASELINE, "group:default/storefront");
        var payments1 = result(
                payments.getRef(),
                16,
                "silver",
                start.plus(Duration.ofHours(4)),
                Map.of("alerts-have-runbooks", Outcome.FAIL));
        happen(null, payments1, TransitionKind.BASELINE, TEAM);
        var payments2 = result(
                payments.getRef(),
                17,
                null,
                start.plus(Duration.ofHours(22)),
                Map.of(
                        "max-known-vulnerabilities",
                        Outcome.FAIL,
                        "alerts-have-runbooks",
                        Outcome.FAIL,
                        "on-call",
                        Outcome.UNKNOWN,
                        "coverage",
                        Outcome.STALE));
        happen(payments1, payments2, TransitionKind.REGRESSED, TEAM);
    }
}
