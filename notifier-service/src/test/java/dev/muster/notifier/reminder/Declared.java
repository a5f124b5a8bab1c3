package dev.muster.notifier.reminder;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;

import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Initiative;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import dev.muster.schemas.v1.Step;
import dev.muster.schemas.v1.StepKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people declared, for tests: all of it at noon, unless told otherwise.
public final class Declared {

    public static final String SCORECARD = "production-readiness";
    public static final String EVENTS = "critical-events-are-logged";
    public static final String VULNERABILITIES = "max-known-vulnerabilities";

    static {
        // Avro copies records only of classes that the topics vouch for.
        new Topics(AvroSerdes.from(Map.of("schema.registry.url", "mock://declared"))).all();
    }

    private Declared() {}

    /// An attestation of mona that the events of payments are logged.
    public static Attestation attestation(String id, Duration lasts) {
        return attestation(id, NOON, lasts);
    }

    public static Attestation attestation(String id, Instant from, Duration lasts) {
        return Attestation.newBuilder()
                .setId(id)
                .setEntity(PAYMENTS)
                .setRule(EVENTS)
                .setEvidence("https://wiki.acme.example/events")
                .setExpiresAt(from.plus(lasts))
                .setSteps(List.of(step(StepKind.ATTESTED, "mona", from)))
                .build();
    }

    /// A request of mona not to be held to the rule for one CVE.
    public static Exemption requested(String id, Duration lasts) {
        return Exemption.newBuilder()
                .setId(id)
                .setEntity(PAYMENTS)
                .setRule(VULNERABILITIES)
                .setFinding("CVE-2026-1")
                .setReason("The vendor fixes it in May")
                .setExpiresAt(NOON.plus(lasts))
                .setSteps(List.of(step(StepKind.REQUESTED, "mona", NOON)))
                .build();
    }

    /// The same, approved by ann.
    public static Exemption approved(String id, Duration lasts) {
        return after(requested(id, lasts), StepKind.APPROVED, "ann", NOON);
    }

    public static Attestation after(Attestation it, StepKind kind, String actor, Instant at) {
        return Attestation.newBuilder(it)
                .setSteps(and(it.getSteps(), step(kind, actor, at)))
                .build();
    }

    public static Exemption after(Exemption it, StepKind kind, String actor, Instant at) {
        return Exemption.newBuilder(it)
                .setSteps(and(it.getSteps(), step(kind, actor, at)))
                .build();
    }

    private static List<Step> and(List<Step> steps, Step further) {
        var all = new ArrayList<>(steps);
        all.add(further);
        return all;
    }

    private static Step step(StepKind kind, String actor, Instant at) {
        return Step.newBuilder()
                .setKind(kind)
                .setActor(actor)
                .setAt(at)
                .setRequestId("r-" + kind)
                .build();
    }

    /// Production readiness with these rules and those that people attest and are exempt from.
    public static Scorecard scorecard(int version, Instant publishedAt, Rule... rules) {
        var all = new ArrayList<>(
                List.of(rule(EVENTS, "Critical events are logged", null), rule(VULNERABILITIES, "No known CVE", null)));
        all.addAll(Arrays.asList(rules));
        return Scorecard.newBuilder()
                .setName(SCORECARD)
                .setTitle("Production readiness")
                .setVersion(version)
                .setAppliesTo("true")
                .setLevels(List.of("bronze", "silver"))
                .setRules(all)
                .setText("")
                .setPublishedAt(publishedAt)
                .setPublishedBy("admin")
                .setDeliveryId("p" + version)
                .setDigest("" + version)
                .build();
    }

    /// An initiative of mona on production readiness, declared at noon.
    ///
    /// @param level null for `rules`
    /// @param due after noon
    public static Initiative initiative(@Nullable String level, String filter, Duration due, String... rules) {
        return Initiative.newBuilder()
                .setName("log4j-out")
                .setTitle("Log4j is out")
                .setScorecard(SCORECARD)
                .setLevel(level)
                .setRules(List.of(rules))
                .setAppliesTo(filter)
                .setStartsAt(NOON)
                .setDue(NOON.plus(due))
                .setDeclaredAt(NOON)
                .setAppliedAt(NOON)
                .setAppliedBy("mona")
                .setDeliveryId("i1")
                .setDigest("1")
                .build();
    }

    public static Entity component(String ref, String type) {
        return Entity.newBuilder()
                .setRef(ref)
                .setKind("Component")
                .setNamespace("default")
                .setName(ref.substring(ref.indexOf('/') + 1))
                .setType(type)
                .setAppliedAt(NOON)
                .setAppliedBy("admin")
                .setDeliveryId("c1")
                .setDigest("1")
                .build();
    }

    public static Rule rule(String id, String title, @Nullable Instant effectiveFrom) {
        return Rule.newBuilder()
                .setId(id)
                .setTitle(title)
                .setCheck("true")
                .setLevel("silver")
                .setEffectiveFrom(effectiveFrom)
                .setRemediation("Write one\nLink it")
                .build();
    }
}
