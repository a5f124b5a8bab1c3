package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.ledger.Notifications.Told;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Composer;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.receipt.Receipts;
import dev.muster.notifier.reminder.Reminding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends the wait of gathered notifications: `route → compose → ledger`, in one database transaction each. Two
/// instances share the work: one that another holds is passed over.
@Component
public class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final TransactionTemplate transaction;
    private final Notifications notifications;
    private final Receipts receipts;
    private final Catalog catalog;
    private final Composer composer;
    private final Reminding reminding;
    private final PipelineSettings settings;
    private final InstantSource clock;

    Closing(
            PlatformTransactionManager transactions,
            Notifications notifications,
            Receipts receipts,
            Catalog catalog,
            Composer composer,
            Reminding reminding,
            PipelineSettings settings,
            InstantSource clock) {
        this.transaction = new TransactionTemplate(transactions);
        this.notifications = notifications;
        this.receipts = receipts;
        this.catalog = catalog;
        this.composer = composer;
        this.reminding = reminding;
        this.settings = settings;
        this.clock = clock;
    }

    /// Closes one notification whose wait is over. False when there is none.
    public boolean closeOne() {
        var now = clock.instant();
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var due = notifications.claimDue(now);
            due.ifPresent(it -> closeOrFail(it, now));
            return due.isPresent();
        }));
    }

    /// What cannot be made into a message fails alone and holds nobody else up.
    private void closeOrFail(Due due, Instant now) {
        try {
            close(due, now);
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Notification {} to {} could not be made", due.id(), due.owner(), e);
            notifications.failed(due.id(), FailedBecause.BROKEN, now);
            receipts.ended(due.id(), Receipts.NONE, Receipts.NONE, "FAILED", FailedBecause.BROKEN, 0, now);
        }
    }

    private void close(Due due, Instant now) {
        switch (due.direction()) {
            case REGRESSION, RECOVERY -> closeTransitions(due, now);
            case REMINDER ->
                reminding
                        .message(due, now)
                        .ifPresentOrElse(
                                it -> send(due, due.threadId(), it, List.of(), now),
                                () -> suppress(due, SuppressedBecause.NO_LONGER_SO, now));
        }
    }

    private void closeTransitions(Due due, Instant now) {
        var told = notifications.told(due.id());
        if (told.isEmpty()) {
            suppress(due, SuppressedBecause.RECOVERED_WITHIN_WAIT, now);
            return;
        }
        var thread = thread(due, told);
        send(
                due,
                thread,
                compose(due, told, thread),
                due.direction() == Direction.RECOVERY ? notifications.destinations(thread) : List.of(),
                now);
    }

    private void suppress(Due due, SuppressedBecause reason, Instant now) {
        notifications.suppressed(due.id(), reason, now);
        receipts.ended(due.id(), Receipts.NONE, Receipts.NONE, "SUPPRESSED", reason, 0, now);
    }

    /// @param begun destinations that the thread was begun at and stays at
    private void send(Due due, String thread, Message message, List<Destination> begun, Instant now) {
        var route = Routing.route(catalog.find(due.owner()).orElse(null), settings.slack(), settings.fallback(), begun);
        notifications.ready(due.id(), thread, message, now);
        enqueue(due, thread, route, now);
    }

    /// A further regression answers the message that told the first one, when all of what it tells belongs there.
    private static String thread(Due due, List<Told> told) {
        var threads = told.stream().map(Told::thread).distinct().toList();
        return due.direction() == Direction.RECOVERY || threads.size() != 1
                ? due.threadId()
                : Objects.requireNonNullElse(threads.getFirst(), due.threadId());
    }

    private Message compose(Due due, List<Told> told, String thread) {
        return composer.compose(
                due.direction(),
                due.owner(),
                told.stream()
                        .map(it -> new Composer.Part(it.transition(), it.unresolved()))
                        .toList(),
                catalog.titles(told.stream()
                        .map(it -> it.transition().entity())
                        .distinct()
                        .toList()),
                thread.equals(due.id()) ? null : notifications.content(thread).orElse(null));
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
                    "Notification {} to {} reaches nobody: neither the owner nor muster.notifier.fallback has a destination",
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
