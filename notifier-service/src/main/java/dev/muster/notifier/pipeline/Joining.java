package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.Catalog;
import dev.muster.notifier.ledger.Escalations;
import dev.muster.notifier.ledger.GroupedBecause;
import dev.muster.notifier.ledger.HeldNotifications;
import dev.muster.notifier.ledger.Ledger;
import dev.muster.notifier.ledger.Ledger.Waiting;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.ledger.Notifications.Wait;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.transition.Transition;
import dev.muster.routing.HeldBecause;
import dev.muster.routing.Hold;
import dev.muster.routing.Routes.Match;
import dev.muster.service.Traces;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Puts a transition that is to be told into its notifications: `inhibit → route → group`, or `confirm`
/// when it goes back and forth. In the transaction of the caller.
@Component
class Joining {

    private final Ledger ledger;
    private final Notifications notifications;
    private final HeldNotifications held;
    private final Escalations escalations;
    private final Catalog catalog;
    private final PipelineSettings settings;
    private final Traces traces;

    Joining(
            Ledger ledger,
            Notifications notifications,
            HeldNotifications held,
            Escalations escalations,
            Catalog catalog,
            PipelineSettings settings,
            Traces traces) {
        this.ledger = ledger;
        this.notifications = notifications;
        this.held = held;
        this.escalations = escalations;
        this.catalog = catalog;
        this.settings = settings;
        this.traces = traces;
    }

    /// A transition on its way into notifications.
    ///
    /// @param tags of the entity
    /// @param thread notification that a recovery answers, null for regressions
    record Joiner(
            Transition transition,
            @Nullable String owner,
            Collection<String> tags,
            String episode,
            @Nullable String thread,
            Instant now) {}

    /// A node that takes it, and how long its message waits.
    private record Planned(Match match, Hold hold) {

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
        var planned = planned(it.transition(), it.owner(), it.tags(), it.now());
        var first = join(it, direction, planned.getFirst(), it.thread());
        group(it, direction, first, null);
        held.move(inhibiting.speaksFor(), first, GroupedBecause.INHIBITED);
        for (var further : planned.subList(1, planned.size())) {
            held.copy(join(it, direction, further, null), it.transition().id());
        }
        if (direction == Direction.RECOVERY) {
            answer(it);
        }
    }

    /// The nodes that take it, the one that tells it first in front.
    private List<Planned> planned(Transition it, @Nullable String owner, Collection<String> tags, Instant now) {
        var digest = Holding.digest(catalog.find(owner).orElse(null));
        return settings.routes().find(Changes.of(it, owner, tags)).matches().stream()
                .map(match -> new Planned(match, Hold.gathering(match.sending(), digest, now, settings.groupWait())))
                .sorted(Comparator.comparing((Planned one) -> one.hold().until()))
                .toList();
    }

    /// Whether it would be told in a digest first. That tells once what went back and forth in its window,
    /// and nothing of what is good in the end: there is nothing to damp.
    boolean digested(Transition it, @Nullable String owner, Collection<String> tags, Instant now) {
        return planned(it, owner, tags, now).getFirst().digest() != null;
    }

    /// Parent teams that heard of the episode hear of its end too, in the thread in which they heard.
    private void answer(Joiner it) {
        for (var heard : escalations.heard(it.episode())) {
            var sending = settings.routes().at(heard.route());
            var wait = sending.groupWait() == null ? settings.groupWait() : sending.groupWait();
            var notification = notifications.join(
                    Direction.RECOVERY,
                    Grouping.key(
                            Direction.RECOVERY,
                            heard.owner(),
                            it.transition().cause(),
                            heard.notification(),
                            heard.route()),
                    heard.owner(),
                    heard.notification(),
                    it.transition().id(),
                    traces.current(),
                    it.now(),
                    new Wait(heard.route(), HeldBecause.GROUPING, it.now().plus(wait)));
            held.copy(notification, it.transition().id());
        }
    }

    /// What goes back and forth joins one message, together with what already waits.
    void damp(Joiner it) {
        var route = planned(it.transition(), it.owner(), it.tags(), it.now())
                .getFirst()
                .match();
        var until = it.now().plus(settings.flap().within());
        var waiting = waiting(it);
        var notification = notifications.join(
                Direction.REGRESSION,
                Grouping.flapping(it.transition().entity(), it.transition().scorecard()),
                it.owner(),
                null,
                it.transition().id(),
                traces.current(),
                it.now(),
                new Wait(route.path(), HeldBecause.FLAPPING, until));
        held.extend(notification, until, settings.flap().longest());
        group(it, Direction.REGRESSION, notification, GroupedBecause.FLAPPING);
        held.move(waiting.stream().map(Waiting::transition).toList(), notification, GroupedBecause.FLAPPING);
    }

    private List<Waiting> waiting(Joiner it) {
        return ledger.waiting(it.transition().entity(), it.transition().scorecard());
    }

    private String join(Joiner it, Direction direction, Planned planned, @Nullable String thread) {
        var route = planned.match().path();
        var digest = planned.digest();
        return notifications.join(
                digest == null ? direction : Direction.REGRESSION,
                digest == null
                        ? Grouping.key(direction, it.owner(), it.transition().cause(), thread, route)
                        : Grouping.digest(it.owner(), route, digest),
                it.owner(),
                digest == null ? thread : null,
                it.transition().id(),
                traces.current(),
                it.now(),
                new Wait(route, planned.hold().because(), planned.hold().until()));
    }

    private void group(Joiner it, Direction direction, String notification, @Nullable GroupedBecause reason) {
        ledger.group(it.transition().id(), it.episode(), notification, reason);
        if (direction == Direction.REGRESSION) {
            ledger.tellBy(it.episode(), notification);
        }
    }
}
