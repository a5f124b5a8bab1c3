package dev.muster.notifier.api;

import dev.muster.notifier.audit.Audit;
import dev.muster.notifier.audit.Deed;
import dev.muster.notifier.delivery.Attempt;
import dev.muster.notifier.delivery.Attempt.Accepted;
import dev.muster.notifier.delivery.Attempt.Delivered;
import dev.muster.notifier.delivery.Attempt.GivenUp;
import dev.muster.notifier.delivery.Attempt.NotWanted;
import dev.muster.notifier.delivery.Attempt.Shorten;
import dev.muster.notifier.delivery.Attempt.TryAgain;
import dev.muster.notifier.delivery.DestinationState;
import dev.muster.notifier.delivery.Destinations;
import dev.muster.notifier.delivery.Trial;
import dev.muster.notifier.pipeline.Members;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /v1/destinations`: how each destination is doing. `POST /v1/destinations/test?name=…`, or
/// `POST /v1/destinations/{name}/test`, sends a message there; `POST /v1/destinations/release?name=…` tries a mail
/// address again that was refused too
/// often. Both take a member of a team that is told there, or an admin.
@RestController
class DestinationsController {

    private final Destinations destinations;
    private final Trial trial;
    private final Members members;
    private final Audit audit;

    DestinationsController(Destinations destinations, Trial trial, Members members, Audit audit) {
        this.destinations = destinations;
        this.trial = trial;
        this.members = members;
        this.audit = audit;
    }

    record All(List<DestinationState> destinations) {}

    /// How a test went.
    ///
    /// @param outcome SENT, ACCEPTED, SUPPRESSED or FAILED, as of a delivery
    /// @param mayPass whether a later attempt may succeed
    record Tested(
            String destination,
            String outcome,
            @Nullable String reason,
            @Nullable String detail,
            boolean mayPass) {}

    @GetMapping("/v1/destinations")
    All all() {
        return new All(destinations.all());
    }

    /// Answers when the destination did, or when the attempt is over.
    ///
    /// @param name of a destination, or of a team, which has a slash in it, for the mail of that team
    @PostMapping("/v1/destinations/test")
    Tested testNamed(@RequestParam String name, @AuthenticationPrincipal Caller caller) {
        return test(name, caller);
    }

    @PostMapping("/v1/destinations/{name}/test")
    Tested test(@PathVariable String name, @AuthenticationPrincipal Caller caller) {
        members.sendsTo(name, caller);
        var tested = trial.send(name)
                .map(it -> tested(name, it))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "There is no destination of that name.")
                        .asException());
        audit.note(Deed.of(
                caller.name(), "destination.tested", Deed.NOTIFIER, name, null, tested.outcome(), tested.reason()));
        return tested;
    }

    /// What is tried again from now on.
    record Released(String destination) {}

    /// @param name of a team, which has a slash in it, so that it is no part of the path
    @PostMapping("/v1/destinations/release")
    Released release(@RequestParam String name, @AuthenticationPrincipal Caller caller) {
        members.actsFor(Set.of(name), caller);
        var deed = Deed.of(caller.name(), "destination.released", name, name, "suppressed", "ok", null);
        if (audit.noting(deed, () -> destinations.release(name) ? 1 : 0) == 0) {
            throw Problem.of(ProblemType.NOT_FOUND, "No mail address of that name was refused.")
                    .asException();
        }
        return new Released(name);
    }

    private static Tested tested(String name, Attempt attempt) {
        return switch (attempt) {
            case Delivered _ -> new Tested(name, "SENT", null, null, false);
            case Accepted _ -> new Tested(name, "ACCEPTED", null, null, false);
            case NotWanted it -> new Tested(name, "SUPPRESSED", it.reason().name(), it.detail(), false);
            case TryAgain it -> new Tested(name, "FAILED", it.reason().name(), it.detail(), true);
            case Shorten it -> new Tested(name, "FAILED", "NOT_ACCEPTABLE", it.detail(), false);
            case GivenUp it -> new Tested(name, "FAILED", it.reason().name(), it.detail(), false);
        };
    }
}
