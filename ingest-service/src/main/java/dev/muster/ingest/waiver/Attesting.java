package dev.muster.ingest.waiver;

import dev.muster.engine.definition.AttestationTerms;
import dev.muster.ingest.owner.Owners;
import dev.muster.schemas.v1.Entity;
import dev.muster.service.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Who may attest a rule, and for how long, when several scorecards have it: whom each of them allows, and as long as
/// all of them allow. Pure.
///
/// @param terms at least one
record Attesting(List<AttestationTerms> terms) {

    /// How long an attestation may last.
    Duration period() {
        return terms.stream()
                .map(AttestationTerms::period)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    /// Admins may attest everything.
    boolean isFor(Caller caller, Entity entity) {
        return caller.isAdmin() || terms.stream().allMatch(it -> isFor(caller, entity, it.by()));
    }

    private static boolean isFor(Caller caller, Entity entity, Set<String> by) {
        return by.stream()
                .anyMatch(who -> who.equals(AttestationTerms.OWNER)
                        ? Owners.has(entity, caller)
                        : caller.duties().contains(who));
    }

    /// Who it takes, for people.
    String named(Entity entity) {
        var words = new TreeSet<String>();
        for (var each : terms) {
            var who = new TreeSet<String>();
            each.by()
                    .forEach(it -> who.add(
                            it.equals(AttestationTerms.OWNER)
                                    ? "to be a member of " + Owners.named(entity)
                                    : "the duty " + it));
            words.add(String.join(" or ", who));
        }
        return "the role admin, or " + String.join("; and also ", words);
    }
}
