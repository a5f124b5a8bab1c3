package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.Escalations;
import dev.muster.notifier.ledger.Escalations.Unresolved;
import dev.muster.notifier.ledger.HeldNotifications;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Wait;
import dev.muster.notifier.message.Direction;
import dev.muster.routing.HeldBecause;
import dev.muster.routing.Hold;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Tells the parent team of what its team did not resolve in time, once an episode. A team without a
/// parent is told of by the fallback.
@Component
public class Escalating {

    private final TransactionTemplate transaction;
    private final Escalations escalations;
    private final Notifications notifications;
    private final HeldNotifications held;
    private final Catalog catalog;
    private final PipelineSettings settings;
    private final InstantSource clock;

    Escalating(
            PlatformTransactionManager transactions,
            Escalations escalations,
            Notifications notifications,
            HeldNotifications held,
            Catalog catalog,
            PipelineSettings settings,
            InstantSource clock) {
        this.transaction = new TransactionTemplate(transactions);
        this.escalations = escalations;
        this.notifications = notifications;
        this.held = held;
        this.catalog = catalog;
        this.settings = settings;
        this.clock = clock;
    }

    /// Escalates one episode whose time is over. False when there is none.
    public boolean takeOne() {
        var now = clock.instant();
        return Boolean.TRUE.equals(transaction.execute(status -> {
            var unresolved = escalations.due(now);
            unresolved.ifPresent(it -> {
                escalate(it, now);
                // Last, because episodes are locked behind notifications; whoever comes second takes all of it back.
                if (!escalations.escalated(it.episode(), now)) {
                    status.setRollbackOnly();
                }
            });
            return unresolved.isPresent();
        }));
    }

    private void escalate(Unresolved it, Instant now) {
        var parent = catalog.find(it.owner()).map(CatalogEntry::parent).orElse(null);
        var tags =
                catalog.find(it.transition().entity()).map(CatalogEntry::tags).orElse(List.of());
        var match = settings.routes()
                .find(Changes.escalated(it.transition(), parent, tags))
                .matches()
                .getFirst();
        var hold = Hold.gathering(
                match.sending(), Holding.digest(catalog.find(parent).orElse(null)), now, settings.groupWait());
        var notification = notifications.join(
                Direction.REGRESSION,
                hold.because() != HeldBecause.DIGEST
                        ? Grouping.escalated(parent, it.owner(), match.path())
                        : Grouping.digest(parent, match.path(), hold.until()),
                parent,
                null,
                "escalated|" + it.episode(),
                null,
                now,
                new Wait(match.path(), hold.because(), hold.until()));
        held.copy(notification, it.transition().id(), true);
    }
}
