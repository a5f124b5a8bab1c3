package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.ledger.Episodes;
import dev.muster.notifier.ledger.GroupedBecause;
import dev.muster.notifier.ledger.HeldNotifications;
import dev.muster.notifier.ledger.Ledger;
import dev.muster.notifier.ledger.Ledger.Waiting;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Wait;
import dev.muster.notifier.ledger.Threads;
import dev.muster.notifier.ledger.Threads.Begun;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.transition.Transition;
import dev.muster.routing.Digest;
import dev.muster.routing.HeldBecause;
import dev.muster.routing.Hold;
import dev.muster.service.Traces;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts a transition that is to be told into its notifications: `inhibit → route → group`, or `confirm`
/// when it goes back and forth. In the transaction of the caller.
@Component
class Joining {

    private final Ledger ledger;
    private final Episodes episodes;
    private final Notifications notifications;
    private final HeldNotifications held;
    private final Threads threads;
    private final Catalog catalog;
    private final PipelineSettings settings;
    private final Traces traces;

    Joining(
            Ledger ledger,
            Episodes episodes,
            Notifications notifications,
            HeldNotifications held,
            Threads threads,
            Catalog catalog,
            PipelineSettings settings,
            Traces traces) {
        this.ledger = ledger;
        this.episodes = episodes;
        this.notifications = notifications;
        this.held = held;
        this.threads = threads;
        this.catalog = catalog;
        this.settings = settings;
        this.traces = traces;
    }

    /// A transition on its way into notifications.
    ///
    /// @param tags of the entity
    /// @param episode null when it belongs to none
    /// @param openedAt when the episode began that was open before, null when none was
    /// @param begun where that one was told, the first thread in front; none for regressions
    record Joiner(
            Transition transition,
            @Nullable String owner,
            Collection<String> tags,
            @Nullable String episode,
            @Nullable Instant openedAt,
            List<Begun> begun,
            Instant now) {

        private String known() {
            return Objects.requireNonNull(episode, "telling needs an episode");
        }
    }

    /// A message that takes it.
    ///
    /// @param route path of its node
    /// @param thread that it answers, null when it begins one
    /// @param escalated whether it tells the parent team
    private record Planned(
            @Nullable String owner, String route, @Nullable String thread, boolean escalated, Hold hold) {

        /// The end of its window, null when it is told by itself.
        @Nullable
        Instant digest() {
            return hold.because() == HeldBecause.DIGEST ? hold.until() : null;
        }
    }

    void tell(Joiner it, Direction direction) {
        var inhibiting = direction == Direction.REGRESSION
                ? Inhibiting.of(it.transition(), waiting(it))
                : new Inhibiting(null, List.of());
        if (inhibiting.spokenForBy() != null) {
            group(it, direction, inhibiting.spokenForBy(), GroupedBecause.INHIBITED);
            return;
        }
        var first = joinEach(it, direction, null);
        held.move(inhibiting.speaksFor(), first, GroupedBecause.INHIBITED);
    }

    /// It ends incidents, and nobody reads it.
    void end(Joiner it) {
        joinEach(it, Direction.RECOVERY, GroupedBecause.INCIDENT);
    }

    /// The notification that tells it first.
    private String joinEach(Joiner it, Direction direction, @Nullable GroupedBecause reason) {
        var planned = planned(it);
        var first = join(it, direction, planned.getFirst());
        group(it, direction, first, reason);
        for (var further : planned.subList(1, planned.size())) {
            held.copy(join(it, direction, further), it.transition().id(), further.escalated());
        }
        return first;
    }

    /// What ends an episode that was told goes where that was told, as its nodes send now; anything else by the nodes
    /// that take it, the one that tells it first in front.
    private List<Planned> planned(Joiner it) {
        return it.begun().isEmpty()
                ? taken(it.transition(), it.owner(), it.tags(), it.now())
                : it.begun().stream().map(begun -> answer(it, begun)).toList();
    }

    private List<Planned> taken(Transition it, @Nullable String owner, Collection<String> tags, Instant now) {
        var digest = digest(owner);
        return settings.routes().find(Changes.of(it, owner, tags)).matches().stream()
                .map(match -> new Planned(
                        owner,
                        match.path(),
                        null,
                        false,
                        Hold.gathering(match.sending(), digest, now, settings.groupWait())))
                .sorted(Comparator.comparing((Planned one) -> one.hold().until()))
                .toList();
    }

    /// In the thread, and soon: whatever digest the owner wants, unless it heard of the regression in one.
    private Planned answer(Joiner it, Begun begun) {
        var sending = settings.routes().at(begun.route());
        var hold = gathering(begun, it.now());
        if (hold.because() == HeldBecause.DIGEST) {
            return new Planned(begun.owner(), begun.route(), null, begun.escalated(), hold);
        }
        var wait = sending.groupWait() == null ? settings.groupWait() : sending.groupWait();
        var steady = Objects.requireNonNullElse(it.openedAt(), it.now())
                .plus(settings.flap().confirm());
        var until = it.now().plus(wait);
        return new Planned(
                begun.owner(),
                begun.route(),
                begun.thread(),
                begun.escalated(),
                new Hold(HeldBecause.GROUPING, until.isBefore(steady) ? steady : until));
    }

    private Hold gathering(Begun begun, Instant now) {
        var sending = settings.routes().at(begun.route());
        return begun.collected()
                ? Hold.gathering(sending, digest(begun.owner()), now, settings.groupWait())
                : new Hold(HeldBecause.GROUPING, now);
    }

    private Optional<Digest> digest(@Nullable String owner) {
        return Holding.digest(catalog.find(owner).orElse(null));
    }

    /// Whether it would be told in digests only. They tell once what went back and forth in their
    /// window, and nothing of what is good in the end: there is nothing to damp.
    boolean digested(Transition it, @Nullable String owner, Collection<String> tags, List<Begun> begun, Instant now) {
        return begun.isEmpty()
                ? taken(it, owner, tags, now).stream().allMatch(one -> one.digest() != null)
                : begun.stream().allMatch(one -> gathering(one, now).because() == HeldBecause.DIGEST);
    }

    /// What goes back and forth joins one message, together with what already waits to tell of the same
    /// rules; and one for each further thread and node. A digest tells it in its own time, and never
    /// first.
    void damp(Joiner it) {
        var planned = planned(it).stream()
                .sorted(Comparator.comparing(one -> one.digest() != null))
                .toList();
        var entity = it.transition().entity();
        var scorecard = it.transition().scorecard();
        var first = planned.getFirst();
        var together = Flapping.together(Changes.rules(it.transition()), waiting(it));
        var notification = flapping(
                it,
                Grouping.flapping(entity, scorecard),
                new Planned(it.owner(), first.route(), null, false, first.hold()));
        group(it, Direction.REGRESSION, notification, GroupedBecause.FLAPPING);
        together.transitions().stream()
                .filter(other -> other.held() == HeldBecause.DIGEST)
                .forEach(other -> held.copy(other.notification(), other.transition(), false));
        held.move(
                together.transitions().stream().map(Waiting::transition).toList(),
                notification,
                GroupedBecause.FLAPPING);
        held.gatherCopies(entity, scorecard, together.rules(), it.owner(), first.route(), notification);
        var besides = held.flapping(entity, scorecard);
        besides.forEach((other, escalated) -> {
            held.copy(other, it.transition().id(), escalated);
            held.extend(
                    other,
                    it.now().plus(settings.flap().within()),
                    settings.flap().longest());
        });
        for (var further : planned.subList(1, planned.size())) {
            if (further.digest() != null) {
                held.copy(
                        join(it, Direction.REGRESSION, further), it.transition().id(), further.escalated());
                continue;
            }
            var other = flapping(it, Grouping.flapping(entity, scorecard, further.owner(), further.route()), further);
            held.gatherCopies(entity, scorecard, together.rules(), further.owner(), further.route(), other);
            held.copy(other, it.transition().id(), further.escalated());
        }
    }

    /// It goes on in the thread of what was told just before.
    private String flapping(Joiner it, String key, Planned planned) {
        var within = settings.flap().within();
        var until = it.now().plus(within);
        var thread = planned.thread() != null
                ? planned.thread()
                : threads.last(
                                it.transition().entity(),
                                it.transition().scorecard(),
                                planned.owner(),
                                planned.route(),
                                it.now().minus(within))
                        .orElse(null);
        var notification = notifications.join(
                Direction.REGRESSION,
                key,
                planned.owner(),
                thread,
                it.transition().id(),
                traces.current(),
                it.now(),
                new Wait(planned.route(), HeldBecause.FLAPPING, until));
        held.extend(notification, until, settings.flap().longest());
        return notification;
    }

    private List<Waiting> waiting(Joiner it) {
        return ledger.waiting(it.transition().entity(), it.transition().scorecard());
    }

    private String join(Joiner it, Direction direction, Planned planned) {
        var digest = planned.digest();
        return notifications.join(
                digest == null ? direction : Direction.REGRESSION,
                digest == null
                        ? Grouping.key(
                                direction, planned.owner(), it.transition().cause(), planned.thread(), planned.route())
                        : Grouping.digest(planned.owner(), planned.route(), digest),
                planned.owner(),
                planned.thread(),
                it.transition().id(),
                traces.current(),
                it.now(),
                new Wait(
                        planned.route(),
                        planned.hold().because(),
                        planned.hold().until()));
    }

    private void group(Joiner it, Direction direction, String notification, @Nullable GroupedBecause reason) {
        ledger.group(it.transition().id(), it.known(), notification, reason);
        if (direction == Direction.REGRESSION) {
            episodes.tellBy(it.known(), notification);
        }
    }
}
