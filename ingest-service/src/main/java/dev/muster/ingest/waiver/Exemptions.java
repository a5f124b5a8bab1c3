package dev.muster.ingest.waiver;

import dev.muster.schemas.v1.Exemption;
import dev.muster.schemas.v1.Step;
import dev.muster.schemas.v1.StepKind;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The life of an exemption: who may do what to it, and when. Pure.
///
/// ```
/// requested ─▶ approved ─▶ revoked
///     ├──────▶ denied
///     └──────▶ revoked
/// ```
///
/// Whoever asked decides nothing about it but to take it back. Others decide when they are admins or have the duty
/// `exemptions`.
final class Exemptions {

    /// The duty of those who decide.
    static final String DUTY = "exemptions";

    private static final Map<StepKind, Set<StepKind>> NEXT = Map.of(
            StepKind.REQUESTED, Set.of(StepKind.APPROVED, StepKind.DENIED, StepKind.REVOKED),
            StepKind.APPROVED, Set.of(StepKind.REVOKED));

    private static final Map<StepKind, String> VERBS =
            Map.of(StepKind.APPROVED, "approve", StepKind.DENIED, "deny", StepKind.REVOKED, "revoke");

    private Exemptions() {}

    /// The exemption after one more step.
    ///
    /// @throws dev.muster.service.ProblemException 403 when it is not for this caller, 409 when the state or the
    /// time does not allow it
    static Exemption after(Exemption exemption, StepKind kind, Caller caller, Instant now, Optional<String> comment) {
        checkCaller(exemption.getSteps().getFirst(), kind, caller);
        checkState(exemption.getSteps().getLast().getKind(), kind);
        if (kind == StepKind.APPROVED && !exemption.getExpiresAt().isAfter(now)) {
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "The exemption has ended at %s; deny it, or ask for a new one"
                                    .formatted(exemption.getExpiresAt()))
                    .asException();
        }
        return Exemption.newBuilder(exemption)
                .setSteps(Steps.and(exemption.getSteps(), kind, caller, now, comment))
                .build();
    }

    private static void checkCaller(Step request, StepKind kind, Caller caller) {
        var asked = request.getActor().equals(caller.name());
        if (asked && kind != StepKind.REVOKED) {
            throw Requests.forbidden("You asked for this exemption: somebody else has to " + VERBS.get(kind) + " it");
        }
        if (!asked && !caller.isAdmin() && !caller.duties().contains(DUTY)) {
            throw Requests.forbidden("To " + VERBS.get(kind) + " an exemption takes the role admin or the duty " + DUTY
                    + (kind == StepKind.REVOKED ? ", or to have asked for it" : ""));
        }
    }

    private static void checkState(StepKind state, StepKind wanted) {
        var next = NEXT.getOrDefault(state, Set.of());
        if (next.contains(wanted)) {
            return;
        }
        var verbs = next.stream().map(it -> VERBS.getOrDefault(it, "")).sorted().toList();
        throw Problem.of(
                        ProblemType.CONFLICT,
                        "The exemption is %s already; %s"
                                .formatted(
                                        Steps.word(state),
                                        verbs.isEmpty()
                                                ? "nothing can be done to it any more, but you may ask for a new one"
                                                : "all that can be done to it: " + String.join(", ", verbs)))
                .with("state", Steps.word(state))
                .with("allowed", List.copyOf(verbs))
                .asException();
    }
}
