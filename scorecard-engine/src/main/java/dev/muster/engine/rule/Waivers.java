package dev.muster.engine.rule;

import dev.muster.engine.fact.FactReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The exemptions and attestations of one entity.
///
/// Only those told about the entity itself count. One without an end has ended: nothing stands in for evidence
/// for ever.
/// `rule` names the rule's id, or `scorecard/id` to mean it in one scorecard only.
final class Waivers {

    static final String EXEMPTIONS = "exemptions";
    static final String ATTESTATIONS = "attestations";

    private final String scorecard;
    private final List<FactReading.Item> exemptions;
    private final List<FactReading.Item> attestations;

    Waivers(String scorecard, String ref, EntityFacts facts) {
        this.scorecard = scorecard;
        this.exemptions = facts.ownItems(EXEMPTIONS, ref);
        this.attestations = facts.ownItems(ATTESTATIONS, ref);
    }

    /// Stands in for a rule.
    record Waiver(FactReading.Item item, Instant expires) {

        String text(String field) {
            return item.fields().get(field) instanceof String text ? text : "";
        }
    }

    /// The approved exemption of the whole rule that ends last, when it has not ended.
    Optional<Waiver> exemption(String rule, Ticks ticks) {
        Waiver last = null;
        for (var item : exemptions) {
            if (approved(item) && text(item, "finding").isEmpty() && names(item, rule)) {
                last = later(last, new Waiver(item, expires(item)));
            }
        }
        return Optional.ofNullable(last).filter(waiver -> ticks.before(waiver.expires()));
    }

    /// Findings that approved exemptions take out of the rule now. Tells `ticks` when the first of them ends.
    Set<String> findings(String rule, Ticks ticks) {
        if (exemptions.isEmpty()) {
            return Set.of();
        }
        var findings = new TreeSet<String>();
        for (var item : exemptions) {
            if (approved(item)
                    && names(item, rule)
                    && !text(item, "finding").isEmpty()
                    && ticks.before(expires(item))) {
                findings.add(text(item, "finding"));
            }
        }
        return findings;
    }

    /// The attestation that ends last, when it has not ended.
    Optional<Waiver> attestation(CompiledRule rule, Ticks ticks) {
        return lastAttestation(rule).filter(waiver -> ticks.before(waiver.expires()));
    }

    /// The attestation that ends last, ended or not. It ends at the latest with the period that the rule grants.
    Optional<Waiver> lastAttestation(CompiledRule rule) {
        var period = rule.terms().period();
        Waiver last = null;
        for (var item : attestations) {
            if (names(item, rule.id())) {
                last = later(
                        last,
                        new Waiver(item, earlier(expires(item), item.fields().get("at"), period)));
            }
        }
        return Optional.ofNullable(last);
    }

    private static Waiver later(@Nullable Waiver one, Waiver other) {
        return one == null || other.expires().isAfter(one.expires()) ? other : one;
    }

    private static Instant earlier(Instant expires, @Nullable Object at, Duration period) {
        if (!(at instanceof Instant from)) {
            return expires;
        }
        var end = Ticks.after(from, period);
        return end.isBefore(expires) ? end : expires;
    }

    /// True when there is an attestation of the rule, ended or not.
    boolean wasAttested(String rule) {
        return attestations.stream().anyMatch(item -> names(item, rule));
    }

    private boolean names(FactReading.Item item, String rule) {
        var named = text(item, "rule");
        return named.equals(rule)
                || (named.length() == scorecard.length() + 1 + rule.length() && named.equals(scorecard + "/" + rule));
    }

    private static boolean approved(FactReading.Item item) {
        return text(item, "state").equals("approved");
    }

    private static Instant expires(FactReading.Item item) {
        return item.fields().get("expires") instanceof Instant expires ? expires : Instant.EPOCH;
    }

    private static String text(FactReading.Item item, String field) {
        return item.fields().get(field) instanceof String text ? text : "";
    }
}
