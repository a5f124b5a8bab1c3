package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.Escalations;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.pipeline.Gathering.Making.Made;
import dev.muster.notifier.receipt.Receipts;
import dev.muster.routing.Sending;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Puts a message into the queue of each destination of its route. In the transaction of the caller.
@Component
class Posting {

    private static final Logger LOG = LoggerFactory.getLogger(Posting.class);

    private final Notifications notifications;
    private final Receipts receipts;
    private final Escalations escalations;
    private final PipelineSettings settings;

    Posting(Notifications notifications, Receipts receipts, Escalations escalations, PipelineSettings settings) {
        this.notifications = notifications;
        this.receipts = receipts;
        this.escalations = escalations;
        this.settings = settings;
    }

    /// What tells transitions.
    void post(Due due, Made made, Sending sending, Instant now) {
        notifications.ready(
                due.id(), made.thread(), made.message(), made.route().reason(), now);
        escalate(due, sending, now);
        enqueue(due, made.thread(), made.route(), now);
    }

    /// The parent team hears of what is not resolved in the time that the node says, whether the node told it itself
    /// or those before it did.
    void escalate(Due due, Sending sending, Instant now) {
        if (sending.escalateAfter() != null) {
            escalations.plan(due.id(), now.plus(sending.escalateAfter()));
        }
    }

    /// What tells none.
    ///
    /// @param owner what the catalogue says about the owner, null when it knows none
    /// @param begun destinations that the thread was begun at and stays at
    void post(
            Due due,
            String thread,
            Message message,
            @Nullable CatalogEntry owner,
            Sending sending,
            List<Destination> begun,
            Instant now) {
        var report = message.direction() == Direction.REPORT;
        var fallback = report ? List.<Destination>of() : settings.fallback();
        var route = Routing.route(owner, sending, settings.channels(), fallback, begun);
        notifications.ready(due.id(), thread, message, route.reason(), now);
        if (report && route.to().isEmpty()) {
            // Nobody else has to read how a team does that reads nothing itself.
            notifications.suppressed(due.id(), SuppressedBecause.NOT_WANTED, now);
            receipts.ended(due.id(), Receipts.NONE, Receipts.NONE, "SUPPRESSED", SuppressedBecause.NOT_WANTED, 0, now);
        } else {
            enqueue(due, thread, route, now);
        }
    }

    private void enqueue(Due due, String thread, Route route, Instant now) {
        for (var failed : route.failed()) {
            LOG.error(
                    "Notification {} cannot go to {} destination '{}' of {}: {}",
                    due.id(),
                    failed.destination().channel().label(),
                    failed.destination().name(),
                    due.owner(),
                    failed.reason());
            if (notifications.unservable(due.id(), thread, failed.destination(), failed.reason(), now)) {
                receipts.ended(
                        due.id(),
                        failed.destination().channel().label(),
                        failed.destination().name(),
                        "FAILED",
                        failed.reason(),
                        0,
                        now);
            }
        }
        if (route.to().isEmpty()) {
            LOG.error(
                    "Notification {} to {} reaches nobody: neither the owner nor its route nor muster.notifier.fallback"
                            + " has a destination",
                    due.id(),
                    due.owner());
            notifications.failed(due.id(), FailedBecause.NO_DESTINATION, now);
            receipts.ended(due.id(), Receipts.NONE, Receipts.NONE, "FAILED", FailedBecause.NO_DESTINATION, 0, now);
        }
        var notice = notice(due.owner(), route);
        for (var to : route.to()) {
            var fallback = settings.fallback().contains(to) && route.reason() == Route.Reason.FALLBACK;
            notifications.enqueue(due.id(), thread, to, fallback ? notice : null, now, now.plus(settings.budget()));
        }
    }

    private static String notice(@Nullable String owner, Route route) {
        if (!route.failed().isEmpty()) {
            var failed = route.failed().getFirst();
            return "This came to the fallback because %s destination “%s” of %s cannot be served: %s."
                    .formatted(
                            failed.destination().channel().label(),
                            failed.destination().name(),
                            owner,
                            failed.reason());
        }
        return owner == null
                ? "This came to the fallback because the entity has no owner."
                : "This came to the fallback because %s has no destination of its own.".formatted(owner);
    }
}
