package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.FailedBecause;
import java.util.List;

/// Where a message goes.
///
/// @param to destinations to serve
/// @param failed destinations that the owner asked for and that cannot be served, with the reason
/// @param reason why exactly these
record Route(List<Destination> to, List<Failed> failed, Reason reason) {

    Route {
        to = List.copyOf(to);
        failed = List.copyOf(failed);
    }

    /// The same to these only.
    Route to(List<Destination> others) {
        return new Route(others, failed, reason);
    }

    /// The same to destinations that keep incidents only.
    Route toIncidents() {
        return to(to.stream().filter(it -> it.channel().keepsIncidents()).toList());
    }

    /// A destination that cannot be served.
    record Failed(Destination destination, FailedBecause reason) {}

    /// Why exactly these.
    enum Reason {
        /// The thread was begun there.
        THREAD,
        /// The owner's own settings in the catalogue say so.
        OWNER,
        /// The owner has none; its node of the routes has.
        ROUTE,
        /// Neither has, or not all of them can be served.
        FALLBACK,
        /// Nobody is configured.
        NOBODY
    }
}
