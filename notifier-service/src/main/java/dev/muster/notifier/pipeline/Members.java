package dev.muster.notifier.pipeline;

import dev.muster.notifier.pipeline.OwnSettings.Place;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import java.util.Collection;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/// Who may act for a team: its members, and admins.
@Component
public class Members {

    private final OwnSettings settings;

    Members(OwnSettings settings) {
        this.settings = settings;
    }

    /// The caller acts for each of `owners`.
    ///
    /// @param owners references of teams; any other text is nobody's
    /// @throws dev.muster.service.ProblemException when it may not
    public void actsFor(Collection<String> owners, Caller caller) {
        check(
                caller.groups().containsAll(owners),
                caller,
                "This takes the role admin, or to be a member of the team that is told");
    }

    /// The caller sends something to a destination, to which messages to one of its teams go.
    ///
    /// @throws dev.muster.service.ProblemException when it may not
    public void sendsTo(String destination, Caller caller) {
        check(
                anyPlace(caller, it -> it.name().equals(destination)),
                caller,
                "This takes the role admin, or to be a member of a team that is told there");
    }

    /// The caller decides about mail to an address that is the own one of one of its teams.
    ///
    /// @throws dev.muster.service.ProblemException when it may not
    public void ownsAddress(String address, Caller caller) {
        check(
                anyPlace(
                        caller,
                        it -> address.equalsIgnoreCase(it.address())
                                && caller.groups().contains(it.name())),
                caller,
                "This takes the role admin, or to be a member of the team that has the address");
    }

    private boolean anyPlace(Caller caller, Predicate<Place> which) {
        return caller.groups().stream()
                .anyMatch(it -> settings.of(it).destinations().stream().anyMatch(which));
    }

    private static void check(boolean member, Caller caller, String otherwise) {
        if (!caller.isAdmin() && !member) {
            throw Problem.of(ProblemType.FORBIDDEN, otherwise).asException();
        }
    }
}
