package dev.muster.portal.waiver;

import dev.muster.service.Caller;
import org.jspecify.annotations.Nullable;

/// What somebody may do about exemptions and attestations, as far as the portal can tell: it says what pages offer, and
/// ingest decides. Pure.
///
/// @param caller null for somebody who did not sign in
public record May(@Nullable Caller caller) {

    private static final String DUTY = "exemptions";

    /// Whether they may ask for an exemption of what `owner` owns.
    public boolean ask(@Nullable String owner) {
        return caller != null
                && caller.isEditor()
                && (caller.isAdmin() || (owner != null && caller.groups().contains(owner)));
    }

    /// Whether there may be a rule that they may attest for what `owner` owns: its terms say so.
    public boolean attest(@Nullable String owner) {
        return ask(owner)
                || (caller != null && caller.isEditor() && !caller.duties().isEmpty());
    }

    /// Whether they may approve or deny it.
    public boolean decide(WaiverView it) {
        return it.isExemption() && it.isOpen() && judges() && !isBy(it);
    }

    /// Whether they may take it back: what they asked for, or what was approved.
    public boolean revoke(WaiverView it) {
        if (!it.isExemption() || caller == null || !caller.isEditor()) {
            return false;
        }
        return switch (it.state()) {
            case "REQUESTED" -> isBy(it);
            case "APPROVED" -> isBy(it) || judges();
            default -> false;
        };
    }

    /// Whether they may take the attestation back.
    public boolean withdraw(WaiverView it) {
        return !it.isExemption()
                && it.state().equals("ATTESTED")
                && caller != null
                && caller.isEditor()
                && (caller.isAdmin()
                        || isBy(it)
                        || !caller.groups().isEmpty()
                        || !caller.duties().isEmpty());
    }

    /// Whether they may do anything to it.
    public boolean change(WaiverView it) {
        return decide(it) || revoke(it) || withdraw(it);
    }

    /// Whether it waits for somebody else, because they asked for it.
    public boolean waits(WaiverView it) {
        return it.isExemption() && it.isOpen() && isBy(it);
    }

    private boolean judges() {
        return caller != null
                && caller.isEditor()
                && (caller.isAdmin() || caller.duties().contains(DUTY));
    }

    private boolean isBy(WaiverView it) {
        return caller != null && it.begunBy().equals(caller.name());
    }
}
