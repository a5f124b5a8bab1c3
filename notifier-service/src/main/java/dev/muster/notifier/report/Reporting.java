package dev.muster.notifier.report;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.ledger.Notifications.Wait;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.text.Digest;
import dev.muster.routing.HeldBecause;
import dev.muster.routing.Routes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Begins the report of each team whose week is over, once for each team and week, however many instances run and
/// whenever they start: a row of the ledger says which are begun.
@Component
public class Reporting {

    private final TransactionTemplate transaction;
    private final Weeks weeks;
    private final Catalog catalog;
    private final Notifications notifications;
    private final ReportComposer composer;
    private final ReportSettings settings;
    private final InstantSource clock;

    Reporting(
            PlatformTransactionManager transactions,
            Weeks weeks,
            Catalog catalog,
            Notifications notifications,
            ReportComposer composer,
            ReportSettings settings,
            InstantSource clock) {
        this.transaction = new TransactionTemplate(transactions);
        this.weeks = weeks;
        this.catalog = catalog;
        this.notifications = notifications;
        this.composer = composer;
        this.settings = settings;
        this.clock = clock;
    }

    /// Begins all reports that are due, each in a transaction of its own. How many.
    public int takeAll() {
        var now = clock.instant();
        if (!settings.enabled()) {
            return 0;
        }
        var reported = weeks.reported(now.minus(Schedule.LATEST));
        var begun = 0;
        for (var team : weeks.teams()) {
            var due = Schedule.due(team.annotations(), settings.schedule(), now)
                    .filter(team.since()::isBefore)
                    .map(end -> new Weeks.Key(team.ref(), end))
                    .filter(it -> !reported.contains(it));
            if (due.isPresent() && begin(due.get(), now)) {
                begun++;
            }
        }
        return begun;
    }

    private boolean begin(Weeks.Key week, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var key =
                    Digest.of(Direction.REPORT.name(), week.team(), week.ends().toString());
            var id = Digest.of("notification", key, week.team());
            if (!weeks.take(week, id)) {
                return false;
            }
            notifications.join(
                    Direction.REPORT,
                    key,
                    week.team(),
                    null,
                    week.team(),
                    null,
                    now,
                    new Wait(Routes.ROOT, HeldBecause.GROUPING, now));
            return true;
        }));
    }

    /// What a report says; empty when the team has nothing any more that is scored. In the transaction of
    /// the caller.
    public Optional<Message> message(Due due, Instant now) {
        return weeks.of(due.id()).map(it -> weeks.read(it, begins(it), now)).flatMap(it -> composer.compose(it, now));
    }

    private Instant begins(Weeks.Key week) {
        var annotations =
                catalog.find(week.team()).map(CatalogEntry::annotations).orElse(Map.of());
        return Schedule.begins(annotations, settings.schedule(), week.ends());
    }
}
