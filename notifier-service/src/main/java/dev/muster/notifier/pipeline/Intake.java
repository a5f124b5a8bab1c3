package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.ledger.Episode;
import dev.muster.notifier.ledger.Episodes;
import dev.muster.notifier.ledger.Flaps;
import dev.muster.notifier.ledger.Ledger;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.ledger.Threads;
import dev.muster.notifier.ledger.Threads.Begun;
import dev.muster.notifier.ledger.Untold;
import dev.muster.notifier.ledger.Untold.Known;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.notifier.pipeline.Decision.EpisodeStep;
import dev.muster.notifier.pipeline.Decision.Telling;
import dev.muster.notifier.pipeline.Joining.Joiner;
import dev.muster.notifier.receipt.Receipts;
import dev.muster.notifier.reminder.Scored;
import dev.muster.notifier.transition.Course;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.TransitionKind;
import dev.muster.service.Traces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes transitions in: `dedupe → episode → baseline → confirm → inhibit → route → group`, in one
/// database transaction each; several at once, of one entity one after the other.
///
/// When [#accept] returns, the ledger has it and the offset may be committed. A transition that comes
/// again changes nothing.
@Component
public class Intake {

    private final TransactionTemplate transaction;
    private final Ledger ledger;
    private final Untold untold;
    private final Episodes episodes;
    private final Flaps flaps;
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
            Untold untold,
            Episodes episodes,
            Flaps flaps,
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
        this.untold = untold;
        this.episodes = episodes;
        this.flaps = flaps;
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
        var now = clock.instant();
        var age = Duration.between(writtenAt, now);
        var quiet = !Deciding.isForSomebody(it, age, settings.maxAge())
                && untold.know(it)
                        .filter(known -> acceptQuietly(it, known, age, now))
                        .isPresent();
        return quiet || acceptAloud(it, age, now);
    }

    /// What nobody is to hear of, and belongs to nothing that anybody heard of, is most of a history
    /// and needs neither locks nor a look at notifications. False when it is something else, or when it
    /// came before.
    private boolean acceptQuietly(Transition it, Known known, Duration age, Instant now) {
        var decision = Deciding.decide(it, known.episode(), age, settings.maxAge());
        if (!(decision.telling() instanceof Telling.Suppress(var reason))) {
            return false;
        }
        var owner = it.owner() == null ? known.owner() : it.owner();
        var turns = it.kind() == TransitionKind.REGRESSED || it.kind() == TransitionKind.RECOVERED;
        var receipt = turns ? Receipts.suppressedAsJson(it, owner, reason, traces.current(), now) : null;
        var taken = switch (decision.episode()) {
            case EpisodeStep.Leave _ -> untold.leave(it, owner, known.episode(), reason, receipt, now);
            case EpisodeStep.Open(var rules) -> untold.open(it, owner, rules, reason, receipt, now);
            case EpisodeStep.Keep(var rules) -> untold.keep(it, owner, known.open(), rules, reason, receipt, now);
            case EpisodeStep.Close _ -> untold.close(it, owner, known.open(), reason, receipt, now);
            case EpisodeStep.GoOn _ -> false;
        };
        if (taken) {
            metrics.suppressed(reason);
        }
        return taken;
    }

    private boolean acceptAloud(Transition it, Duration age, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var entry = catalog.find(it.entity()).orElse(null);
            var owner = it.owner() != null || entry == null ? it.owner() : entry.owner();
            ledger.alone(it, owner);
            if (!ledger.insert(it, owner, now)) {
                metrics.duplicate();
                return false;
            }
            scored.note(it, now);
            var episode = episodes.find(it).orElse(null);
            var decision = Deciding.decide(it, episode, age, settings.maxAge());
            var tags = entry == null ? List.<String>of() : entry.tags();
            var begun = episode == null || episode.threadId() == null || it.regresses()
                    ? List.<Begun>of()
                    : threads.of(episode.id());
            var telling = Flapping.concerns(decision.telling()) && !joining.digested(it, owner, tags, begun, now)
                    ? damp(it, decision.telling(), now)
                    : decision.telling();
            var joiner = new Joiner(
                    it,
                    owner,
                    tags,
                    step(it, episode, decision.episode()),
                    episode == null ? null : episode.openedAt(),
                    begun,
                    now);
            tell(joiner, telling);
            if (episode != null && episode.threadId() != null) {
                withdraw(it, episode.id(), decision.episode(), telling instanceof Telling.Damp);
            }
            if (episode != null && it.regresses()) {
                takeBack(it, decision.episode().rules());
            }
            return true;
        }));
    }

    private Telling damp(Transition it, Telling telling, Instant now) {
        var rules = Changes.rules(it);
        var since = now.minus(settings.flap().within());
        return Flapping.damp(
                telling,
                flaps.changes(it.entity(), it.scorecard(), rules, since),
                flaps.messages(it.entity(), it.scorecard(), rules, since),
                flaps.held(it.entity(), it.scorecard(), rules),
                settings.flap());
    }

    private @Nullable String step(Transition it, @Nullable Episode episode, EpisodeStep step) {
        if (step instanceof EpisodeStep.Open(var rules)) {
            return episodes.open(it, rules);
        }
        if (episode == null) {
            return null;
        }
        switch (step) {
            case EpisodeStep.Keep(var rules) -> episodes.keep(episode.id(), rules);
            case EpisodeStep.GoOn on -> episodes.keep(episode.id(), on.rules());
            case EpisodeStep.Close _ -> episodes.close(episode.id(), it);
            case EpisodeStep.Open _, EpisodeStep.Leave _ -> {}
        }
        return episode.id();
    }

    /// What waits and is no longer so is told to nobody any more. What goes back and forth keeps all of
    /// it: where it began and where it ended decide whether there is anything to tell.
    ///
    /// @param damped whether `by` goes back and forth
    private void withdraw(Transition by, String episode, EpisodeStep step, boolean damped) {
        switch (step) {
            case EpisodeStep.Keep(var rules) -> withdraw(by, resolved(episode, rules), damped);
            case EpisodeStep.GoOn(var rules, var undone) -> {
                withdraw(by, resolved(episode, rules), damped);
                ledger.withdraw(undone, SuppressedBecause.BROKE_AGAIN_WITHIN_WAIT, !damped);
            }
            case EpisodeStep.Close _ -> withdraw(by, episodes.waiting(episode), damped);
            case EpisodeStep.Open _, EpisodeStep.Leave _ -> {}
        }
    }

    private void withdraw(Transition by, List<Transition> over, boolean damped) {
        ledger.withdraw(ids(over.stream()), SuppressedBecause.RECOVERED_WITHIN_WAIT, false);
        if (!damped) {
            ledger.withdraw(
                    ids(over.stream().filter(it -> concerns(by, it))), SuppressedBecause.RECOVERED_WITHIN_WAIT, true);
        }
    }

    /// What recovered, waits to be told and is broken again is not told, whatever else broke.
    ///
    /// @param broken rules that are broken now
    private void takeBack(Transition by, Set<String> broken) {
        threads.takeBack(ids(episodes.recoveries(by).stream()
                .filter(it -> !Course.resolved(it).isEmpty() && broken.containsAll(Course.resolved(it)))));
    }

    /// Whether `by` says anything about what broke in `it`.
    private static boolean concerns(Transition by, Transition it) {
        var broken = Course.broken(it);
        return by.after() == null || broken.isEmpty() || !Collections.disjoint(broken, Changes.rules(by));
    }

    /// @param unresolved rules that are still broken
    private List<Transition> resolved(String episode, Set<String> unresolved) {
        return episodes.waiting(episode).stream()
                .filter(it -> !Course.broken(it).isEmpty())
                .filter(it -> Collections.disjoint(Course.broken(it), unresolved))
                .toList();
    }

    private static List<String> ids(Stream<Transition> transitions) {
        return transitions.map(Transition::id).toList();
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
