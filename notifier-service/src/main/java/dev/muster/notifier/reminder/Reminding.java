package dev.muster.notifier.reminder;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.ledger.ReminderKind;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.notifier.reminder.Reminders.Owner;
import dev.muster.notifier.reminder.Reminders.Taken;
import dev.muster.notifier.text.Digest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes up reminders that are due, one in each database transaction, and gathers them into notifications. Two
/// instances share the work: one that another holds is passed over.
@Component
public class Reminding {

    private final TransactionTemplate transaction;
    private final Reminders reminders;
    private final Notifications notifications;
    private final Catalog catalog;
    private final ReminderComposer composer;
    private final ReminderSettings settings;
    private final InstantSource clock;
    private final NotifierMetrics metrics;

    Reminding(
            PlatformTransactionManager transactions,
            Reminders reminders,
            Notifications notifications,
            Catalog catalog,
            ReminderComposer composer,
            ReminderSettings settings,
            InstantSource clock,
            NotifierMetrics metrics) {
        this.transaction = new TransactionTemplate(transactions);
        this.reminders = reminders;
        this.notifications = notifications;
        this.catalog = catalog;
        this.composer = composer;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Takes up one reminder that is due. False when there is none.
    public boolean takeOne() {
        var now = clock.instant();
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            reminders.end(now).forEach(it -> metrics.reminderMissed(it.kind()));
            var taken = reminders.take(now);
            taken.ifPresent(it -> gather(it, now));
            return taken.isPresent();
        }));
    }

    private void gather(Taken it, Instant now) {
        for (var owner : reminders.owners(it.reminder())) {
            var notification = notifications.join(
                    Direction.REMINDER,
                    key(it.reminder(), owner),
                    owner.ref(),
                    null,
                    it.reminder().id() + "|" + it.round(),
                    null,
                    now,
                    now.plus(settings.groupWait()));
            reminders.tell(notification, it.reminder().id());
        }
        metrics.reminderTaken(it.reminder().kind());
    }

    /// All that ends for one owner is one message; what begins to count is one for each scorecard.
    private static String key(Reminder it, Owner owner) {
        return Digest.of(
                Direction.REMINDER.name(),
                Objects.requireNonNullElse(owner.ref(), ""),
                it.kind() == ReminderKind.RULE_COUNTS ? "counts|" + it.subject() : "ends");
    }

    /// What a notification of reminders says, once its wait is over; empty when nothing of it stands any more. In the
    /// transaction of the caller.
    public Optional<Message> message(Due due, Instant now) {
        var told = reminders.told(due.id(), now);
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        told.getFirst().reminder().kind() == ReminderKind.RULE_COUNTS
                                ? composer.counts(due.owner(), told, reminders.entities(due.id()), now)
                                : composer.ends(
                                        due.owner(),
                                        told,
                                        catalog.titles(told.stream()
                                                .map(it -> entity(it.reminder()))
                                                .distinct()
                                                .toList()),
                                        now));
    }

    private static String entity(Reminder it) {
        return Objects.requireNonNullElse(it.entity(), "");
    }
}
