package dev.muster.engine.definition;

import java.time.Duration;
import java.util.Set;

/// Who may attest a rule, and for how long that stands in for evidence.
///
/// @param by [#OWNER] for members of the entity's owner, and duties of persons such as `security`; at least one
/// @param period from the day of the attestation on; an end that it names later than that does not count
public record AttestationTerms(Set<String> by, Duration period) {

    public static final String OWNER = "owner";

    /// Of a rule that does not say.
    public static final AttestationTerms USUAL = new AttestationTerms(Set.of(OWNER), Duration.ofDays(365));

    public AttestationTerms {
        by = Set.copyOf(by);
    }
}
