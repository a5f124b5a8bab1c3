package dev.muster.ingest.fact;

import dev.muster.engine.fact.FactDeclaration;
import java.util.Map;
import java.util.Optional;

/// Facts of Muster's own: what people decide through it, each in their own name, and what it computes. Nobody else
/// tells
/// them, whoever calls and by whichever way. Pure.
public final class OwnFacts {

    private static final Map<String, String> INSTEAD = Map.of(
            "exemptions", "ask for an exemption with POST /v1/exemptions, and somebody else decides",
            "attestations", "attest the rule with POST /v1/attestations",
            "readiness", "it is computed from results");

    private OwnFacts() {}

    /// Why the fact is not to be told, and what to do instead; empty when it may be.
    public static Optional<String> refusal(FactDeclaration fact) {
        return fact.isOwn()
                ? Optional.of("'%s' is told by Muster alone: %s"
                        .formatted(fact.name(), INSTEAD.getOrDefault(fact.name(), "leave it out")))
                : Optional.empty();
    }
}
