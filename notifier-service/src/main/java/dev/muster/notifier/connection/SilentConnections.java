package dev.muster.notifier.connection;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.Ledger;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.ledger.Notifications.Wait;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.reminder.ReminderSettings;
import dev.muster.notifier.text.Digest;
import dev.muster.notifier.text.Text;
import dev.muster.routing.HeldBecause;
import dev.muster.routing.Routes;
import dev.muster.schemas.v1.ConnectionStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes in how connections report. Each time that one is silent for longer than usual is told once, to its
/// owner or the fallback, and its end in the same thread. What ends before anybody was told is told to
/// nobody.
@Component
public class SilentConnections {

    private final TransactionTemplate transaction;
    private final Spells spells;
    private final Ledger ledger;
    private final Notifications notifications;
    private final Catalog catalog;
    private final ConnectionComposer composer;
    private final ReminderSettings settings;
    private final InstantSource clock;

    SilentConnections(
            PlatformTransactionManager transactions,
            Spells spells,
            Ledger ledger,
            Notifications notifications,
            Catalog catalog,
            ConnectionComposer composer,
            ReminderSettings settings,
            InstantSource clock) {
        this.transaction = new TransactionTemplate(transactions);
        this.spells = spells;
        this.ledger = ledger;
        this.notifications = notifications;
        this.catalog = catalog;
        this.composer = composer;
        this.settings = settings;
        this.clock = clock;
    }

    /// A connection as it is now. What is heard again changes nothing.
    ///
    /// @param writtenAt when that was written
    public void hear(ConnectionStatus it, Instant writtenAt) {
        change(Text.stored(it.getName()), it, writtenAt);
    }

    /// A connection is not configured any more: nobody waits for it.
    public void gone(String name, Instant writtenAt) {
        change(Text.stored(name), null, writtenAt);
    }

    private void change(String name, @Nullable ConnectionStatus status, Instant writtenAt) {
        if (!settings.connections()) {
            return;
        }
        var now = clock.instant();
        var asOf = writtenAt.equals(Instant.EPOCH) ? now : writtenAt;
        transaction.executeWithoutResult(_ -> {
            var since = status == null ? null : status.getSilentSince();
            spells.open(name).ifPresent(it -> ledger.alone(it.spell().owner()));
            var open = spells.open(name).orElse(null);
            if (open != null
                    && !asOf.isBefore(open.asOf())
                    && !open.spell().since().equals(since)) {
                end(open, status, now);
            }
            if (status != null && since != null) {
                begin(name, status, since, asOf, now);
            }
        });
    }

    private void end(Spells.Open it, @Nullable ConnectionStatus status, Instant now) {
        var last = status == null ? null : status.getLastAcceptedAt();
        spells.end(it.spell(), Objects.requireNonNullElse(last, now));
        if (status == null || !it.told() || it.thread() == null) {
            return;
        }
        var notification = join(it.spell().owner(), it.thread(), it.spell(), now);
        spells.tellEnd(it.spell(), notification);
    }

    private void begin(String name, ConnectionStatus status, Instant since, Instant asOf, Instant now) {
        var entity = "resource:connections/" + name;
        if (spells.isScored(entity)) {
            return;
        }
        var owner = catalog.find(entity).map(CatalogEntry::owner).orElse(null);
        var it = new Spell(name, Text.stored(status.getSource()), since, status.getLastAcceptedAt(), owner, null);
        if (spells.begin(it, asOf)) {
            spells.tell(it, join(owner, null, it, now));
        }
    }

    /// All that falls silent for one owner within the wait is one message; so is all of one thread that
    /// reports again.
    private String join(@Nullable String owner, @Nullable String thread, Spell it, Instant now) {
        ledger.alone(owner);
        return notifications.join(
                Direction.REMINDER,
                Digest.of("connections", Objects.requireNonNullElse(owner, ""), Objects.requireNonNullElse(thread, "")),
                owner,
                thread,
                it.connection() + "|" + it.since(),
                null,
                now,
                new Wait(Routes.ROOT, HeldBecause.GROUPING, now.plus(settings.groupWait())));
    }

    /// Whether a notification tells of connections.
    public boolean tells(String notification) {
        return spells.tells(notification);
    }

    /// What it says, once its wait is over; empty when all of it reports again and nobody heard that it did
    /// not. In the transaction of the caller.
    public Optional<Message> message(Due due, Instant now) {
        var ended = spells.told(due.id(), true);
        if (!ended.isEmpty()) {
            return Optional.of(composer.again(
                    due.owner(),
                    ended,
                    spells.told(due.threadId(), false),
                    notifications.content(due.threadId()).orElse(null),
                    now));
        }
        var silent = spells.told(due.id(), false);
        return silent.isEmpty() ? Optional.empty() : Optional.of(composer.silent(due.owner(), silent, now));
    }
}
