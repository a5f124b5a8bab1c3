package dev.muster.portal.waiver;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.muster.schemas.v1.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/// An attestation or an exemption as it stands.
///
/// @param kind ATTESTATION or EXEMPTION
/// @param scorecard that it is for; null for every one that has the rule
/// @param finding the one finding that it is about; null for the whole rule
/// @param reason why it was asked for, or the evidence of an attestation
/// @param state REQUESTED, APPROVED, DENIED, REVOKED, ATTESTED or WITHDRAWN, as its last step left it
/// @param begunAt when it was asked for or attested
/// @param expired whether its end has passed
public record WaiverView(
        String kind,
        String id,
        String entity,
        String rule,
        @Nullable String scorecard,
        @Nullable String finding,
        String reason,
        String state,
        Instant begunAt,
        String begunBy,
        Instant expiresAt,
        boolean expired,
        List<StepView> steps) {

    /// Something that was done to it.
    public record StepView(
            String kind, String actor, Instant at, @Nullable String comment) {

        static StepView of(Step step) {
            return new StepView(step.getKind().name(), step.getActor(), step.getAt(), step.getComment());
        }
    }

    /// The same by the steps up to an instant; empty when it had not begun. Its end is that of now.
    Optional<WaiverView> at(Instant at) {
        var taken = steps.stream().filter(step -> !step.at().isAfter(at)).toList();
        return taken.isEmpty()
                ? Optional.empty()
                : Optional.of(new WaiverView(
                        kind,
                        id,
                        entity,
                        rule,
                        scorecard,
                        finding,
                        reason,
                        taken.getLast().kind(),
                        begunAt,
                        begunBy,
                        expiresAt,
                        !expiresAt.isAfter(at),
                        taken));
    }

    /// Whether it is an exemption, and no attestation.
    @JsonIgnore
    public boolean isExemption() {
        return kind.equals(ExemptionProjection.KIND);
    }

    /// Address of its page.
    @JsonIgnore
    public String page() {
        return (isExemption() ? "/exemptions/" : "/attestations/") + UriUtils.encode(id, StandardCharsets.UTF_8);
    }

    /// Whether it stands in for evidence now.
    @JsonIgnore
    public boolean isInForce() {
        return !expired && (state.equals("APPROVED") || state.equals("ATTESTED"));
    }

    /// Whether somebody has to decide about it.
    @JsonIgnore
    public boolean isOpen() {
        return !expired && state.equals("REQUESTED");
    }

    /// How it stands, for people.
    @JsonIgnore
    public String standing() {
        if (expired && (state.equals("APPROVED") || state.equals("ATTESTED") || state.equals("REQUESTED"))) {
            return "expired";
        }
        return switch (state) {
            case "REQUESTED" -> "waits for a decision";
            case "APPROVED" -> "approved";
            case "DENIED" -> "denied";
            case "REVOKED" -> "revoked";
            case "ATTESTED" -> "attested";
            case "WITHDRAWN" -> "withdrawn";
            default -> "unknown";
        };
    }
}
