package dev.muster.notifier.reminder;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.initiative.Initiatives;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.notifier.reminder.Reminders.Owner;
import dev.muster.notifier.reminder.Reminders.Taken;
import dev.muster.notifier.reminder.Reminders.Told;
import dev.muster.notifier.text.Digest;
import dev.muster.routing.HeldBecause;
import dev.muster.routing.Routes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private final Initiatives initiatives;
    private final Catalog catalog;
    private final ReminderComposer composer;
    private final ReminderSettings settings;
    private final InstantSource clock;
    private final NotifierMetrics metrics;

    Reminding(
            PlatformTransactionManager transactions,
            Reminders reminders,
            Notifications notifications,
            Initiatives initiatives,
            Catalog catalog,
            ReminderComposer composer,
            ReminderSettings settings,
            InstantSource clock,
            NotifierMetrics metrics) {
        this.transaction = new TransactionTemplate(transactions);
        this.reminders = reminders;
        this.notifications = notifications;
        this.initiatives = initiatives;
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
        for (var owner : owners(it.reminder())) {
            var notification = notifications.join(
                    Direction.REMINDER,
                    key(it.reminder(), owner),
                    owner.ref(),
                    null,
                    it.reminder().id() + "|" + it.round(),
                    null,
                    now,
                    new Notifications.Wait(Routes.ROOT, HeldBecause.GROUPING, now.plus(settings.groupWait())));
            reminders.tell(notification, it.reminder().id());
        }
        metrics.reminderTaken(it.reminder().kind());
    }

    private List<Owner> owners(Reminder it) {
        return it.kind().ofInitiative()
                ? initiatives.find(it.subject()).stream()
                        .flatMap(goal -> initiatives.lacking(goal).stream())
                        .map(lacking -> new Owner(lacking.owner()))
                        .distinct()
                        .toList()
                : reminders.owners(it);
    }

    /// All that ends for one owner is one message; what begins to count is one for each scorecard, what is
    /// to be reached one for each initiative.
    private static String key(Reminder it, Owner owner) {
        return Digest.of(
                Direction.REMINDER.name(),
                Objects.requireNonNullElse(owner.ref(), ""),
                switch (it.kind()) {
                    case RULE_COUNTS -> "counts|" + it.subject();
                    case INITIATIVE_DUE, INITIATIVE_OVERDUE -> it.kind() + "|" + it.subject();
                    case ATTESTATION_ENDS, EXEMPTION_ENDS -> "ends";
                });
    }

    /// What a notification of reminders says, once its wait is over; empty when nothing of it stands any more. In the
    /// transaction of the caller.
    public Optional<Message> message(Due due, Instant now) {
        var told = reminders.told(due.id(), now);
        if (told.isEmpty()) {
            return Optional.empty();
        }
        return switch (told.getFirst().reminder().kind()) {
            case RULE_COUNTS -> Optional.of(composer.counts(due.owner(), told, reminders.entities(due.id()), now));
            case INITIATIVE_DUE, INITIATIVE_OVERDUE -> initiative(due.owner(), told.getFirst(), now);
            case ATTESTATION_ENDS, EXEMPTION_ENDS ->
                Optional.of(composer.ends(
                        due.owner(),
                        told,
                        catalog.titles(told.stream()
                                .map(it -> entity(it.reminder()))
                                .distinct()
                                .toList()),
                        now));
        };
    }

    private Optional<Message> initiative(@Nullable String owner, Told told, Instant now) {
        return initiatives.find(told.reminder().subject()).flatMap(goal -> {
            var lacking = initiatives.lacking(goal).stream()
                    .filter(it -> Objects.equals(it.owner(), owner))
                    .toList();
            return lacking.isEmpty()
                    ? Optional.empty()
                    : Optional.of(composer.initiative(owner, told, goal, lacking, now));
        });
    }

    private static String entity(Reminder it) {
        return Objects.requireNonNullElse(it.entity(), "");
    }
}
