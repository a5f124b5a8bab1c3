package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.ledger.Episode;
import dev.muster.notifier.ledger.Ledger;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.notifier.pipeline.Decision.EpisodeStep;
import dev.muster.notifier.pipeline.Decision.Telling;
import dev.muster.notifier.receipt.Receipts;
import dev.muster.notifier.reminder.Scored;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.service.Traces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes transitions in: `dedupe → episode → suppress → group`, in one database transaction each.
///
/// When [#accept] returns, the ledger has it and the offset may be committed. A transition that comes again changes
/// nothing.
@Component
public class Intake {

    private final TransactionTemplate transaction;
    private final Ledger ledger;
    private final Notifications notifications;
    private final Receipts receipts;
    private final Catalog catalog;
    private final Scored scored;
    private final PipelineSettings settings;
    private final InstantSource clock;
    private final NotifierMetrics metrics;
    private final Traces traces;

    Intake(
            PlatformTransactionManager transactions,
            Ledger ledger,
            Notifications notifications,
            Receipts receipts,
            Catalog catalog,
            Scored scored,
            PipelineSettings settings,
            InstantSource clock,
            NotifierMetrics metrics,
            Traces traces) {
        this.transaction = new TransactionTemplate(transactions);
        this.ledger = ledger;
        this.notifications = notifications;
        this.receipts = receipts;
        this.catalog = catalog;
        this.scored = scored;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.traces = traces;
    }

    /// Decides about `it` and writes the decision down. False when it came before.
    ///
    /// @param writtenAt when the transition was written to its topic
    public boolean accept(Transition it, Instant writtenAt) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var now = clock.instant();
            var owner = it.owner() != null
                    ? it.owner()
                    : catalog.find(it.entity()).map(CatalogEntry::owner).orElse(null);
            if (!ledger.insert(it, owner, now)) {
                metrics.duplicate();
                return false;
            }
            scored.note(it);
            var open = ledger.openEpisode(it.entity(), it.scorecard()).orElse(null);
            var decision = Deciding.decide(it, open, Duration.between(writtenAt, now), settings.maxAge());
            var episode = step(it, open, decision.episode());
            tell(it, owner, open, episode, decision.telling(), now);
            return true;
        }));
    }

    private @Nullable String step(Transition it, @Nullable Episode open, EpisodeStep step) {
        if (step instanceof EpisodeStep.Open(var rules)) {
            return ledger.open(it, rules);
        }
        if (open == null) {
            return null;
        }
        switch (step) {
            case EpisodeStep.Keep(var rules) -> ledger.keep(open.id(), rules);
            case EpisodeStep.Close _ -> ledger.close(open.id(), it);
            case EpisodeStep.Open _, EpisodeStep.Leave _ -> {}
        }
        return open.id();
    }

    private void tell(
            Transition it,
            @Nullable String owner,
            @Nullable Episode open,
            @Nullable String episode,
            Telling telling,
            Instant now) {
        switch (telling) {
            case Telling.Tell(var direction)
            when episode != null -> {
                var thread = direction == Direction.RECOVERY && open != null ? open.threadId() : null;
                var notification = notifications.join(
                        direction,
                        Grouping.key(direction, owner, it.cause(), thread),
                        owner,
                        thread,
                        it.id(),
                        traces.current(),
                        now,
                        now.plus(settings.groupWait()));
                ledger.group(it.id(), episode, notification);
                if (direction == Direction.REGRESSION) {
                    ledger.tellBy(episode, notification);
                }
                metrics.grouped(direction);
            }
            case Telling.Tell _ -> throw new IllegalStateException("telling needs an episode");
            case Telling.Suppress(var reason) -> suppress(it, owner, episode, reason, now);
        }
    }

    private void suppress(
            Transition it, @Nullable String owner, @Nullable String episode, SuppressedBecause reason, Instant now) {
        ledger.suppress(it.id(), episode, reason);
        if (it.kind() == TransitionKind.REGRESSED || it.kind() == TransitionKind.RECOVERED) {
            receipts.suppressed(it, owner, reason, traces.current(), now);
        }
        metrics.suppressed(reason);
    }
}
