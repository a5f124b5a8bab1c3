package dev.muster.notifier.transition;

import dev.muster.schemas.v1.CauseKind;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Transitions for tests: payments of acme, whose rules pass until told otherwise.
public final class Examples {

    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    public static final String PAYMENTS = "component:default/payments";
    public static final String TEAM = "group:default/payments-team";
    public static final String VULNERABILITIES = "max-known-vulnerabilities";

    private Examples() {}

    /// What a dependabot alert caused.
    public static Cause dependabot(String delivery) {
        return new Cause(
                CauseKind.FACT,
                "github",
                "github",
                delivery,
                "dependabot[bot]",
                "https://github.com/acme/payments/security/dependabot/7",
                "repo:github.com/acme/payments",
                "vulnerabilities",
                "0 items",
                "1 item: CVE-2026-1234 critical",
                NOON,
                false);
    }

    /// The passing of a deadline.
    public static Cause clock(Instant at) {
        return new Cause(CauseKind.CLOCK, "clock", null, null, null, null, null, null, null, null, at, false);
    }

    /// The first regression of payments.
    public static Transition regressed(String delivery) {
        return regressed(PAYMENTS, 2, delivery, Map.of(VULNERABILITIES, Outcome.FAIL));
    }

    /// The recovery from it.
    public static Transition recovered(String delivery) {
        return recovered(PAYMENTS, 3, delivery, Map.of(VULNERABILITIES, Outcome.PASS));
    }

    public static Transition regressed(String entity, long version, String delivery, Map<String, Outcome> after) {
        return transition(
                entity,
                version,
                TransitionKind.REGRESSED,
                "silver",
                "bronze",
                Outcome.PASS,
                after,
                dependabot(delivery));
    }

    public static Transition recovered(String entity, long version, String delivery, Map<String, Outcome> after) {
        return transition(
                entity,
                version,
                TransitionKind.RECOVERED,
                "bronze",
                "silver",
                Outcome.FAIL,
                after,
                dependabot(delivery));
    }

    /// A transition in which every rule of `after` had the outcome `before`; further rules stay as `all` says.
    public static Transition transition(
            String entity,
            long version,
            TransitionKind kind,
            @Nullable String levelBefore,
            @Nullable String levelAfter,
            Outcome before,
            Map<String, Outcome> after,
            Cause cause) {
        var outcomesBefore = new HashMap<String, Outcome>();
        after.keySet().forEach(rule -> outcomesBefore.put(rule, before));
        return new Transition(
                id(entity, version),
                entity,
                "production-readiness",
                "Production readiness",
                version,
                kind,
                NOON,
                new Standing(levelBefore, kind == TransitionKind.RECOVERED ? 61 : 84, outcomesBefore),
                new Standing(levelAfter, kind == TransitionKind.RECOVERED ? 84 : 61, after),
                after.entrySet().stream()
                        .filter(it -> it.getValue() != before)
                        .sorted(Map.Entry.comparingByKey())
                        .map(it -> new RuleChange(
                                it.getKey(),
                                "No critical vulnerability is open",
                                "bronze",
                                before,
                                it.getValue(),
                                it.getValue() == Outcome.PASS
                                        ? "none is open"
                                        : "1 critical vulnerability is open (max 0)",
                                "Upgrade the package, or ask for an exemption"))
                        .toList(),
                cause,
                TEAM,
                1,
                true);
    }

    /// The first transition of an entity, which tells that it is scored.
    public static Transition first(String entity, long version) {
        var it = transition(
                entity,
                version,
                TransitionKind.BASELINE,
                null,
                "bronze",
                Outcome.PASS,
                Map.of(VULNERABILITIES, Outcome.PASS),
                dependabot("d0"));
        return copy(it, it.kind(), it.at(), null, it.after(), it.cause(), it.owner(), it.tier(), it.notifies());
    }

    public static String id(String entity, long version) {
        return "t-" + entity.substring(entity.indexOf('/') + 1) + "-" + version;
    }

    public static Transition with(Transition it, TransitionKind kind) {
        return copy(it, kind, it.at(), it.before(), it.after(), it.cause(), it.owner(), it.tier(), it.notifies());
    }

    public static Transition quiet(Transition it) {
        return copy(it, it.kind(), it.at(), it.before(), it.after(), it.cause(), it.owner(), it.tier(), false);
    }

    public static Transition at(Transition it, Instant at) {
        return copy(it, it.kind(), at, it.before(), it.after(), it.cause(), it.owner(), it.tier(), it.notifies());
    }

    /// The same while another rule stays as it is.
    public static Transition besides(Transition it, String rule, Outcome outcome) {
        return copy(
                it,
                it.kind(),
                it.at(),
                besides(it.before(), rule, outcome),
                besides(it.after(), rule, outcome),
                it.cause(),
                it.owner(),
                it.tier(),
                it.notifies());
    }

    /// The same while only the words of another rule change.
    public static Transition reworded(Transition it, String rule, Outcome outcome) {
        var changes = new ArrayList<>(it.changes());
        changes.add(new RuleChange(rule, rule, "bronze", outcome, outcome, "said in other words", null));
        var still = besides(it, rule, outcome);
        return new Transition(
                still.id(),
                still.entity(),
                still.scorecard(),
                still.scorecardTitle(),
                still.version(),
                still.kind(),
                still.at(),
                still.before(),
                still.after(),
                changes,
                still.cause(),
                still.owner(),
                still.tier(),
                still.notifies());
    }

    private static @Nullable Standing besides(@Nullable Standing it, String rule, Outcome outcome) {
        if (it == null) {
            return null;
        }
        var outcomes = new HashMap<>(it.outcomes());
        outcomes.put(rule, outcome);
        return new Standing(it.level(), it.score(), outcomes);
    }

    public static Transition ofTierThree(Transition it) {
        return copy(it, it.kind(), it.at(), it.before(), it.after(), it.cause(), it.owner(), 3, it.notifies());
    }

    public static Transition ownedBy(Transition it, @Nullable String owner) {
        return copy(it, it.kind(), it.at(), it.before(), it.after(), it.cause(), owner, it.tier(), it.notifies());
    }

    public static Transition caused(Transition it, Cause cause) {
        return copy(it, it.kind(), it.at(), it.before(), it.after(), cause, it.owner(), it.tier(), it.notifies());
    }

    public static Transition titled(Transition it, String title, String message, @Nullable String remediation) {
        return new Transition(
                it.id(),
                it.entity(),
                it.scorecard(),
                title,
                it.version(),
                it.kind(),
                it.at(),
                it.before(),
                it.after(),
                it.changes().stream()
                        .map(c ->
                                new RuleChange(c.rule(), title, c.level(), c.before(), c.after(), message, remediation))
                        .toList(),
                it.cause(),
                it.owner(),
                it.tier(),
                it.notifies());
    }

    /// Its rules are called by their ids.
    public static Transition named(Transition it) {
        return new Transition(
                it.id(),
                it.entity(),
                it.scorecard(),
                it.scorecardTitle(),
                it.version(),
                it.kind(),
                it.at(),
                it.before(),
                it.after(),
                it.changes().stream()
                        .map(c -> new RuleChange(
                                c.rule(), c.rule(), c.level(), c.before(), c.after(), c.message(), c.remediation()))
                        .toList(),
                it.cause(),
                it.owner(),
                it.tier(),
                it.notifies());
    }

    public static Transition ended(Transition it) {
        return new Transition(
                it.id(),
                it.entity(),
                it.scorecard(),
                it.scorecardTitle(),
                it.version(),
                TransitionKind.BASELINE,
                it.at(),
                it.before(),
                null,
                List.of(),
                it.cause(),
                it.owner(),
                it.tier(),
                it.notifies());
    }

    private static Transition copy(
            Transition it,
            TransitionKind kind,
            Instant at,
            @Nullable Standing before,
            @Nullable Standing after,
            Cause cause,
            @Nullable String owner,
            @Nullable Integer tier,
            boolean notifies) {
        return new Transition(
                it.id(),
                it.entity(),
                it.scorecard(),
                it.scorecardTitle(),
                it.version(),
                kind,
                at,
                before,
                after,
                it.changes(),
                cause,
                owner,
                tier,
                notifies);
    }
}
