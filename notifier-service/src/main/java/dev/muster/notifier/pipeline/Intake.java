package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.ledger.Episode;
import dev.muster.notifier.ledger.Ledger;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.ledger.Threads;
import dev.muster.notifier.ledger.Threads.Begun;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.notifier.pipeline.Decision.EpisodeStep;
import dev.muster.notifier.pipeline.Decision.Telling;
import dev.muster.notifier.pipeline.Joining.Joiner;
import dev.muster.notifier.receipt.Receipts;
import dev.muster.notifier.reminder.Scored;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.service.Traces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes transitions in: `dedupe → episode → baseline → confirm → inhibit → route → group`, in one
/// database transaction each.
///
/// When [#accept] returns, the ledger has it and the offset may be committed. A transition that comes
/// again changes nothing.
@Component
public class Intake {

    private final TransactionTemplate transaction;
    private final Ledger ledger;
    private final Threads threads;
    private final Joining joining;
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
            Threads threads,
            Joining joining,
            Receipts receipts,
            Catalog catalog,
            Scored scored,
            PipelineSettings settings,
            InstantSource clock,
            NotifierMetrics metrics,
            Traces traces) {
        this.transaction = new TransactionTemplate(transactions);
        this.ledger = ledger;
        this.threads = threads;
        this.joining = joining;
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
            var entry = catalog.find(it.entity()).orElse(null);
            var owner = it.owner() != null || entry == null ? it.owner() : entry.owner();
            ledger.alone(owner);
            if (!ledger.insert(it, owner, now)) {
                metrics.duplicate();
                return false;
            }
            scored.note(it, now);
            var episode = ledger.episode(it).orElse(null);
            var decision = Deciding.decide(it, episode, Duration.between(writtenAt, now), settings.maxAge());
            var tags = entry == null ? List.<String>of() : entry.tags();
            var begun = episode == null || it.regresses() ? List.<Begun>of() : threads.of(episode.id());
            var telling = joining.digested(it, owner, tags, begun, now)
                    ? decision.telling()
                    : damp(it, decision.telling(), now);
            var joiner = new Joiner(
                    it,
                    owner,
                    tags,
                    step(it, episode, decision.episode(), telling),
                    episode == null ? null : episode.openedAt(),
                    begun,
                    now);
            tell(joiner, telling);
            return true;
        }));
    }

    private Telling damp(Transition it, Telling telling, Instant now) {
        if (!Flapping.concerns(telling)) {
            return telling;
        }
        var rules = Changes.rules(it);
        var since = now.minus(settings.flap().within());
        return Flapping.damp(
                telling,
                ledger.changes(it.entity(), it.scorecard(), rules, since),
                ledger.messages(it.entity(), it.scorecard(), rules, since),
                ledger.flaps(it.entity(), it.scorecard(), rules),
                settings.flap());
    }

    private @Nullable String step(Transition it, @Nullable Episode episode, EpisodeStep step, Telling telling) {
        if (step instanceof EpisodeStep.Open(var rules)) {
            return ledger.open(it, rules);
        }
        if (episode == null) {
            return null;
        }
        var damped = telling instanceof Telling.Damp;
        switch (step) {
            case EpisodeStep.Keep(var rules) -> ledger.keep(episode.id(), rules);
            case EpisodeStep.GoOn(var rules) -> {
                ledger.keep(episode.id(), rules);
                if (!damped && episode.ending() != null) {
                    ledger.withdrawRecovery(episode.ending().id());
                }
            }
            case EpisodeStep.Close _ -> {
                ledger.close(episode.id(), it);
                if (!damped) {
                    ledger.withdraw(episode.id());
                }
            }
            case EpisodeStep.Open _, EpisodeStep.Leave _ -> {}
        }
        return episode.id();
    }

    private void tell(Joiner it, Telling telling) {
        switch (telling) {
            case Telling.Tell(var direction) -> {
                joining.tell(it, direction);
                metrics.grouped(direction);
            }
            case Telling.Damp _ -> {
                joining.damp(it);
                metrics.grouped(it.transition().regresses() ? Direction.REGRESSION : Direction.RECOVERY);
            }
            case Telling.End(var reason) -> {
                if (threads.openedIncident(it.begun())) {
                    joining.end(it);
                    metrics.suppressed(reason);
                } else {
                    suppress(it, reason);
                }
            }
            case Telling.Suppress(var reason) -> suppress(it, reason);
        }
    }

    private void suppress(Joiner it, SuppressedBecause reason) {
        var transition = it.transition();
        ledger.suppress(transition.id(), it.episode(), reason);
        if (transition.kind() == TransitionKind.REGRESSED || transition.kind() == TransitionKind.RECOVERED) {
            receipts.suppressed(transition, it.owner(), reason, traces.current(), it.now());
        }
        metrics.suppressed(reason);
    }
}
