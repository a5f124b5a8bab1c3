package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.connection.SilentConnections;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.HeldNotifications;
import dev.muster.notifier.ledger.Ledger;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.pipeline.Gathering.Making.Made;
import dev.muster.notifier.pipeline.Gathering.Making.Nothing;
import dev.muster.notifier.receipt.Receipts;
import dev.muster.notifier.reminder.Reminding;
import dev.muster.notifier.report.Reporting;
import dev.muster.notifier.silence.Silence;
import dev.muster.notifier.silence.Silences;
import dev.muster.routing.Change;
import dev.muster.routing.ChangeKind;
import dev.muster.routing.HeldBecause;
import dev.muster.routing.Sending;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends the wait of gathered notifications: `silence → mute → compose → route → ledger`, in one
/// database transaction each. Two instances share the work, one owner at a time each.
///
/// Locks are taken in one order, here and in [Intake]: the owner, its notifications, their episodes.
@Component
public class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final TransactionTemplate transaction;
    private final Ledger ledger;
    private final Notifications notifications;
    private final HeldNotifications held;
    private final Silences silences;
    private final Receipts receipts;
    private final Catalog catalog;
    private final Gathering gathering;
    private final Posting posting;
    private final Reminding reminding;
    private final Reporting reporting;
    private final SilentConnections connections;
    private final PipelineSettings settings;
    private final InstantSource clock;

    Closing(
            PlatformTransactionManager transactions,
            Ledger ledger,
            Notifications notifications,
            HeldNotifications held,
            Silences silences,
            Receipts receipts,
            Catalog catalog,
            Gathering gathering,
            Posting posting,
            Reminding reminding,
            Reporting reporting,
            SilentConnections connections,
            PipelineSettings settings,
            InstantSource clock) {
        this.transaction = new TransactionTemplate(transactions);
        this.ledger = ledger;
        this.notifications = notifications;
        this.held = held;
        this.silences = silences;
        this.receipts = receipts;
        this.catalog = catalog;
        this.gathering = gathering;
        this.posting = posting;
        this.reminding = reminding;
        this.reporting = reporting;
        this.connections = connections;
        this.settings = settings;
        this.clock = clock;
    }

    /// Closes one notification whose wait is over, or lets it wait on. False when there is none.
    public boolean closeOne() {
        var now = clock.instant();
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var due = notifications.due(now).flatMap(owner -> {
                ledger.alone(owner.ref());
                return notifications.claimDue(owner, now);
            });
            due.ifPresent(it -> closeOrFail(it, now));
            return due.isPresent();
        }));
    }

    /// What cannot be made into a message fails alone and holds nobody else up.
    private void closeOrFail(Due due, Instant now) {
        try {
            var active = silences.active(now);
            var owner = catalog.find(due.owner()).orElse(null);
            switch (due.direction()) {
                case REGRESSION, RECOVERY -> closeTransitions(due, owner, active, now);
                case REMINDER -> {
                    if (connections.tells(due.id())) {
                        closeOther(due, ChangeKind.CONNECTION, owner, active, () -> connections.message(due, now), now);
                    } else {
                        closeOther(due, ChangeKind.REMINDER, owner, active, () -> reminding.message(due, now), now);
                    }
                }
                case REPORT ->
                    closeOther(due, ChangeKind.REPORT, owner, active, () -> reporting.message(due, now), now);
            }
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Notification {} to {} could not be made", due.id(), due.owner(), e);
            notifications.failed(due.id(), FailedBecause.BROKEN, now);
            receipts.ended(due.id(), Receipts.NONE, Receipts.NONE, "FAILED", FailedBecause.BROKEN, 0, now);
        }
    }

    private void closeTransitions(Due due, @Nullable CatalogEntry owner, List<Silence> active, Instant now) {
        var sending = settings.routes().at(due.route());
        if (Holding.muted(sending, owner, now).isEmpty()) {
            gathering.absorb(due);
        }
        var entries = gathering.entries(due, active, now);
        if (entries.isEmpty()) {
            suppress(
                    due,
                    due.direction() == Direction.RECOVERY
                            ? SuppressedBecause.BROKE_AGAIN_WITHIN_WAIT
                            : SuppressedBecause.RECOVERED_WITHIN_WAIT,
                    now);
            return;
        }
        gathering.silence(due, entries, now);
        if (entries.stream().allMatch(it -> it.silence() != null) || mute(due, sending, owner, now)) {
            return;
        }
        switch (gathering.make(due, owner, sending, now)) {
            case Made made -> posting.post(due, made, sending, now);
            case Nothing(var reason) -> {
                posting.escalate(due, sending, now);
                suppress(due, reason, now);
            }
        }
    }

    /// What tells no transition: a reminder, a report or a connection. What answers a thread goes where
    /// that went.
    private void closeOther(
            Due due,
            ChangeKind kind,
            @Nullable CatalogEntry owner,
            List<Silence> active,
            Supplier<Optional<Message>> message,
            Instant now) {
        var change = Change.of(kind, due.owner());
        var sending = settings.routes().find(change).matches().getFirst().sending();
        var silence = Silence.covering(active, change, now);
        if (silence.isPresent()) {
            held.postpone(
                    due.id(),
                    HeldBecause.SILENCED,
                    silence.get().id(),
                    now,
                    silence.get().endsAt());
        } else if (!mute(due, sending, owner, now)) {
            message.get()
                    .ifPresentOrElse(
                            it -> posting.post(due, due.threadId(), it, owner, sending, begun(due), now),
                            () -> suppress(due, SuppressedBecause.NO_LONGER_SO, now));
        }
    }

    private List<Destination> begun(Due due) {
        return due.threadId().equals(due.id()) ? List.of() : notifications.destinations(due.threadId(), List.of());
    }

    private boolean mute(Due due, Sending sending, @Nullable CatalogEntry owner, Instant now) {
        var until = Holding.muted(sending, owner, now);
        until.ifPresent(it -> held.postpone(due.id(), it.because(), null, now, it.until()));
        return until.isPresent();
    }

    private void suppress(Due due, SuppressedBecause reason, Instant now) {
        notifications.suppressed(due.id(), reason, now);
        receipts.ended(due.id(), Receipts.NONE, Receipts.NONE, "SUPPRESSED", reason, 0, now);
    }
}
