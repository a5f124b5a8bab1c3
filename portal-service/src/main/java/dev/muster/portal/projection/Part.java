package dev.muster.portal.projection;

/// The read model is filled by two consumers, so that a burst of deliveries never delays a result.
enum Part {
    /// Catalogue, scorecards, initiatives, attestations, exemptions, results and transitions.
    READINESS("readiness", "projectReadiness-in-0"),
    /// Subjects, deliveries, receipts, dead letters, connections and the audit trail.
    TRAIL("trail", "projectTrail-in-0");

    private final String label;
    private final String binding;

    Part(String label, String binding) {
        this.label = label;
        this.binding = binding;
    }

    String label() {
        return label;
    }

    String binding() {
        return binding;
    }

    static Part ofBinding(String binding) {
        return binding.startsWith(READINESS.binding) ? READINESS : TRAIL;
    }
}
