package dev.muster.ingest.scorecard;

import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.schemas.v1.AttestationTerms;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A definition as it travels. Pure.
final class PublishedScorecard {

    private PublishedScorecard() {}

    /// Without version, text, publisher and time: what the digest is made of.
    static Scorecard of(ScorecardDefinition definition) {
        var scorecard = Scorecard.newBuilder()
                .setName(definition.name())
                .setTitle(definition.title())
                .setDescription(definition.description())
                .setOwner(definition.owner())
                .setVersion(0)
                .setAppliesTo(definition.appliesTo())
                .setLevels(definition.levels())
                .setNotifyRegressions(definition.notifyRegressions())
                .setNotifyRecoveries(definition.notifyRecoveries())
                .setDraft(definition.draft())
                .setRules(definition.rules().stream()
                        .map(PublishedScorecard::rule)
                        .toList())
                .setText("")
                .setPublishedAt(Instant.EPOCH)
                .setPublishedBy("")
                .setDeliveryId("")
                .setDigest("")
                .build();
        var digest = CanonicalJson.sha256(scorecard.toString().getBytes(StandardCharsets.UTF_8));
        return Scorecard.newBuilder(scorecard).setDigest(digest).build();
    }

    private static Rule rule(RuleDefinition rule) {
        return Rule.newBuilder()
                .setId(rule.id())
                .setTitle(rule.title())
                .setMotivation(rule.motivation())
                .setAppliesTo(rule.appliesTo())
                .setCheck(rule.check())
                .setWarn(rule.warn())
                .setMessage(rule.message())
                .setLevel(rule.level())
                .setWeight(rule.weight())
                .setFreshMillis(rule.fresh() == null ? null : rule.fresh().toMillis())
                .setEffectiveFrom(rule.effectiveFrom())
                .setRemediation(rule.remediation())
                .setEffort(rule.effort())
                .setDimension(rule.dimension())
                .setParams(CanonicalJson.of(rule.params()))
                .setTiers(CanonicalJson.of(rule.tiers()))
                .setAttestation(rule.attestation() == null ? null : terms(rule.attestation()))
                .setRequirement(rule.requirement())
                .setUse(rule.use())
                .build();
    }

    private static AttestationTerms terms(dev.muster.engine.definition.AttestationTerms terms) {
        return AttestationTerms.newBuilder()
                .setBy(terms.by().stream().sorted().toList())
                .setPeriodMillis(terms.period().toMillis())
                .build();
    }
}
