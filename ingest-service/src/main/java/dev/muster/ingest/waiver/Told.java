package dev.muster.ingest.waiver;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.schemas.v1.Step;
import dev.muster.schemas.v1.StepKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a step tells the evaluator: one item of the facts `exemptions` and `attestations` about the entity. Pure.
///
/// The version of the item is the time of the step and its number, so that a later step always wins, also one in the
/// same millisecond.
final class Told {

    private static final String SOURCE = "api";

    private Told() {}

    static FactsObserved of(Exemption exemption, FactCatalogue facts) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("rule", rule(exemption.getRule(), exemption.getScorecard()));
        fields.put("reason", exemption.getReason());
        fields.put("state", Steps.state(exemption.getSteps()));
        fields.put("expires", exemption.getExpiresAt().toString());
        if (exemption.getFinding() != null) {
            fields.put("finding", exemption.getFinding());
        }
        exemption.getSteps().stream()
                .filter(step -> step.getKind() == StepKind.APPROVED)
                .forEach(step -> fields.put("approvedBy", step.getActor()));
        return facts(
                exemption.getEntity(),
                "exemptions",
                exemption.getId(),
                facts.canonical(CanonicalJson.of(fields)),
                exemption.getSteps(),
                null);
    }

    static FactsObserved of(Attestation attestation, FactCatalogue facts) {
        var first = attestation.getSteps().getFirst();
        var withdrawn = attestation.getSteps().getLast().getKind() == StepKind.WITHDRAWN;
        var fields = Map.of(
                "rule", rule(attestation.getRule(), attestation.getScorecard()),
                "by", first.getActor(),
                "evidence", attestation.getEvidence(),
                "at", first.getAt().toString(),
                "expires", attestation.getExpiresAt().toString());
        return facts(
                attestation.getEntity(),
                "attestations",
                attestation.getId(),
                withdrawn ? null : facts.canonical(CanonicalJson.of(fields)),
                attestation.getSteps(),
                Evidence.isLink(attestation.getEvidence()) ? attestation.getEvidence() : null);
    }

    private static String rule(String rule, @Nullable String scorecard) {
        return scorecard == null ? rule : scorecard + "/" + rule;
    }

    private static FactsObserved facts(
            String entity, String fact, String item, @Nullable String value, List<Step> steps, @Nullable String url) {
        var last = steps.getLast();
        var change = FactChange.newBuilder()
                .setFact(fact)
                .setKind(value == null ? FactChangeKind.REMOVE : FactChangeKind.UPSERT)
                .setItem(item)
                .setValue(value)
                .setSourceTime(last.getAt())
                .setRank(steps.size() - 1)
                .build();
        var origin = new Origin(SOURCE, last.getActor(), last.getRequestId(), last.getActor(), url, false);
        return new FactsObserved("entity:" + entity, List.of(change), origin, last.getAt(), null);
    }
}
