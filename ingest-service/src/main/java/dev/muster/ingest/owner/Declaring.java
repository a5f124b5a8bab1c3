package dev.muster.ingest.owner;

import dev.muster.engine.definition.Mistakes;
import dev.muster.engine.definition.Place;
import dev.muster.ingest.owner.Owned.Nature;
import dev.muster.ingest.request.DeclarationRequests;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one request of a caller may declare and delete: everything for [Platform], and for editors what their teams
/// own,
/// before the request and after it. Groups and users are for [Platform] alone: they say who is in which team.
///
/// Collects what is refused, so that the caller learns of all of it at once. Not for several threads.
public final class Declaring {

    private static final String TAKES = "It takes the role admin or the duty " + Platform.DUTY;

    private final Caller caller;
    private final Mistakes refused = new Mistakes();

    public Declaring(Caller caller) {
        this.caller = caller;
    }

    /// Notes it where it is not for the caller.
    ///
    /// @param before null when it is new
    /// @param at where its document says who owns it
    public void declare(@Nullable Owned before, Owned after, Place at) {
        if (Platform.has(caller)) {
            return;
        }
        Optional.ofNullable(before)
                .flatMap(this::refusalOfChange)
                .or(() -> refusalOfOutcome(after))
                .ifPresent(why -> refused.add(at, why));
    }

    /// Ends the request when anything of it was not for the caller.
    ///
    /// @throws ProblemException 403, with each document and what would be allowed
    public void check() {
        if (!refused.isEmpty()) {
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            TAKES + " to declare what your teams do not own before and after;"
                                    + " nothing of the request was applied")
                    .withErrors(DeclarationRequests.errors(refused.found()))
                    .asException();
        }
    }

    /// Ends the request when what it would delete is not for the caller.
    ///
    /// @throws ProblemException 403
    public void checkDelete(Owned before) {
        if (Platform.has(caller)) {
            return;
        }
        refusalOfChange(before)
                .or(() -> before.owner() == null ? Optional.of(before.name() + " has no owner") : Optional.empty())
                .ifPresent(why -> {
                    throw Problem.of(ProblemType.FORBIDDEN, why + ". " + TAKES + " to delete it")
                            .asException();
                });
    }

    private Optional<String> refusalOfChange(Owned before) {
        if (before.nature() == Nature.PEOPLE) {
            return Optional.of(before.name() + " says who is in which team, whoever owns it");
        }
        if (before.owner() == null) {
            return before.nature() == Nature.ENTITY ? Optional.empty() : Optional.of(before.name() + " has no owner");
        }
        return Owners.has(before.owner(), caller)
                ? Optional.empty()
                : Optional.of("%s is owned by %s, of which you are no member".formatted(before.name(), before.owner()));
    }

    private Optional<String> refusalOfOutcome(Owned after) {
        if (after.nature() == Nature.PEOPLE) {
            return refusalOfChange(after);
        }
        if (after.owner() == null) {
            return Optional.of(after.name() + " would have no owner; " + allowed());
        }
        return Owners.has(after.owner(), caller)
                ? Optional.empty()
                : Optional.of("%s would be owned by %s, of which you are no member; %s"
                        .formatted(after.name(), after.owner(), allowed()));
    }

    private String allowed() {
        return caller.groups().isEmpty()
                ? "you are in no team that could own it"
                : "name a team of yours: " + String.join(", ", new TreeSet<>(caller.groups()));
    }
}
