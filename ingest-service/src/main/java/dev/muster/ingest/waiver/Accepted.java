package dev.muster.ingest.waiver;

import dev.muster.engine.library.Framework;
import dev.muster.ingest.declared.Declarations;
import dev.muster.ingest.declared.Declarations.Consequence;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Attestation;
import dev.muster.schemas.v1.AuditEntry;
import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// A step that was accepted, with all that is written because of it: what is now declared, the fact for the evaluator
/// and the entry of the audit trail.
@Component
final class Accepted {

    private final Topics topics;
    private final Framework framework;

    Accepted(Topics topics, Framework framework) {
        this.topics = topics;
        this.framework = framework;
    }

    Declarations.Decision<Exemption, Exemption> decision(Exemption after) {
        return decision(
                after.getId(),
                after,
                Told.of(after, framework.facts()),
                entry(
                        "exemption",
                        after.getId(),
                        after.getEntity(),
                        after.getRule(),
                        after.getScorecard(),
                        after.getSteps(),
                        after.getReason()));
    }

    Declarations.Decision<Attestation, Attestation> decision(Attestation after) {
        return decision(
                after.getId(),
                after,
                Told.of(after, framework.facts()),
                entry(
                        "attestation",
                        after.getId(),
                        after.getEntity(),
                        after.getRule(),
                        after.getScorecard(),
                        after.getSteps(),
                        after.getEvidence()));
    }

    private <V> Declarations.Decision<V, V> decision(String id, V after, FactsObserved facts, AuditEntry entry) {
        return new Declarations.Decision<>(
                List.of(new Declarations.Write<>(id, after)),
                List.of(
                        new Consequence<>(topics.facts(), facts.getSubject(), facts, "dev.muster.facts.observed.v1"),
                        new Consequence<>(topics.audit(), entry.getEntity(), entry, "dev.muster.audit.entry.v1")),
                entry.getRequestId(),
                entry.getAt(),
                entry.getActor(),
                after);
    }

    /// @param grounds what the first step says, with the comment when there is one
    private static AuditEntry entry(
            String kind,
            String id,
            String entity,
            String rule,
            @Nullable String scorecard,
            List<Step> steps,
            String grounds) {
        var step = steps.getLast();
        var first = steps.size() == 1;
        return AuditEntry.newBuilder()
                .setAt(step.getAt())
                .setActor(step.getActor())
                .setAction(kind + "." + Steps.word(step.getKind()))
                .setEntity(entity)
                .setRule(rule)
                .setScorecard(scorecard)
                .setId(id)
                .setBefore(first ? null : Steps.word(steps.get(steps.size() - 2).getKind()))
                .setAfter(Steps.word(step.getKind()))
                .setComment(
                        !first
                                ? step.getComment()
                                : step.getComment() == null ? grounds : grounds + "\n" + step.getComment())
                .setRequestId(step.getRequestId())
                .build();
    }
}
