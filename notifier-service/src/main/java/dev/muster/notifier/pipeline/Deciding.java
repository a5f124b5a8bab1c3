package dev.muster.notifier.pipeline;

import static dev.muster.notifier.ledger.SuppressedBecause.BASELINE;
import static dev.muster.notifier.ledger.SuppressedBecause.BROKE_AGAIN_WITHIN_WAIT;
import static dev.muster.notifier.ledger.SuppressedBecause.NEVER_TOLD;
import static dev.muster.notifier.ledger.SuppressedBecause.NOTIFY_OFF;
import static dev.muster.notifier.ledger.SuppressedBecause.NOT_A_REGRESSION;
import static dev.muster.notifier.ledger.SuppressedBecause.NOT_RESOLVED;
import static dev.muster.notifier.ledger.SuppressedBecause.RECOVERED_WITHIN_WAIT;
import static dev.muster.notifier.ledger.SuppressedBecause.TOO_OLD;

import dev.muster.notifier.ledger.Episode;
import dev.muster.notifier.ledger.Episode.Told;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.pipeline.Decision.EpisodeStep;
import dev.muster.notifier.pipeline.Decision.EpisodeStep.Close;
import dev.muster.notifier.pipeline.Decision.EpisodeStep.GoOn;
import dev.muster.notifier.pipeline.Decision.EpisodeStep.Keep;
import dev.muster.notifier.pipeline.Decision.EpisodeStep.Leave;
import dev.muster.notifier.pipeline.Decision.EpisodeStep.Open;
import dev.muster.notifier.pipeline.Decision.Telling;
import dev.muster.notifier.pipeline.Decision.Telling.End;
import dev.muster.notifier.pipeline.Decision.Telling.Suppress;
import dev.muster.notifier.pipeline.Decision.Telling.Tell;
import dev.muster.notifier.transition.Course;
import dev.muster.notifier.transition.Transition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides about one transition: the episode, and whether it is a baseline. A pure function: the same
/// arguments give the same decision in every replay.
final class Deciding {

    private Deciding() {}

    /// What to do about `it`.
    ///
    /// @param episode the open one of its entity and scorecard, or one that a regression makes go on
    /// @param age how long ago the transition was written
    /// @param maxAge from which age on nobody is told any more
    static Decision decide(Transition it, @Nullable Episode episode, Duration age, Duration maxAge) {
        var open = episode == null || episode.open() ? episode : null;
        return switch (it.kind()) {
            case REGRESSED -> it.cause().baseline() ? silent(it, open, BASELINE) : regressed(it, episode, age, maxAge);
            case RECOVERED -> it.cause().baseline() ? silent(it, open, BASELINE) : recovered(it, open, age, maxAge);
            case BASELINE -> silent(it, open, BASELINE);
            case DECAYED, CHANGED, UNKNOWN -> silent(it, open, NOT_A_REGRESSION);
        };
    }

    /// Whether somebody hears of `it` when nobody heard of anything of its result that is not over.
    static boolean isForSomebody(Transition it, Duration age, Duration maxAge) {
        return switch (it.kind()) {
            case REGRESSED, RECOVERED -> !it.cause().baseline() && it.notifies() && age.compareTo(maxAge) <= 0;
            case BASELINE, DECAYED, CHANGED, UNKNOWN -> false;
        };
    }

    private static Decision regressed(Transition it, @Nullable Episode episode, Duration age, Duration maxAge) {
        var broken = Course.broken(it);
        var telling = unlessQuiet(it, age, maxAge, new Tell(Direction.REGRESSION));
        var undone = episode == null ? List.<Transition>of() : undone(broken, episode);
        if (episode != null && !undone.isEmpty()) {
            return new Decision(
                    new GoOn(
                            with(unresolved(it, episode), broken),
                            undone.stream().map(Transition::id).toList()),
                    isAsTold(it, episode, undone) ? new Suppress(BROKE_AGAIN_WITHIN_WAIT) : telling);
        }
        if (episode != null && episode.open()) {
            return new Decision(new Keep(with(unresolved(it, episode), broken)), telling);
        }
        return new Decision(telling.equals(new Suppress(TOO_OLD)) ? new Leave() : new Open(broken), telling);
    }

    /// The last of the recoveries that wait to be told, as many as are taken back by what broke, in
    /// order: they say nothing any more.
    private static List<Transition> undone(Set<String> broken, Episode episode) {
        var undone = new ArrayDeque<Transition>();
        if (episode.told() != Told.NOT_TO_BE_TOLD) {
            for (var recovery : episode.endings().reversed()) {
                var resolved = Course.resolved(recovery);
                if (resolved.isEmpty() || !broken.containsAll(resolved)) {
                    break;
                }
                undone.addFirst(recovery);
            }
        }
        return List.copyOf(undone);
    }

    /// Whether what was told before the recoveries that it undoes is so again, and no more than that.
    /// What nobody had heard of when it recovered was not told.
    private static boolean isAsTold(Transition it, Episode episode, List<Transition> undone) {
        var broken = Course.broken(it);
        return episode.told() == Told.TOLD
                && Collections.disjoint(broken, episode.unheard())
                && broken.equals(undone.stream()
                        .flatMap(recovery -> Course.resolved(recovery).stream())
                        .collect(Collectors.toSet()))
                && Objects.equals(it.levelAfter(), undone.getFirst().levelBefore());
    }

    private static Set<String> with(Set<String> rules, Set<String> further) {
        var all = new HashSet<>(rules);
        all.addAll(further);
        return all;
    }

    private static Decision recovered(Transition it, @Nullable Episode open, Duration age, Duration maxAge) {
        if (open == null) {
            return new Decision(new Leave(), new Suppress(NEVER_TOLD));
        }
        var unresolved = unresolved(it, open);
        if (!open.rules().isEmpty() && unresolved.equals(open.rules())) {
            return new Decision(new Leave(), new Suppress(NOT_RESOLVED));
        }
        EpisodeStep step = unresolved.isEmpty() ? new Close() : new Keep(unresolved);
        var telling = open.told() == Told.WAITING || (step instanceof Keep && waits(open, unresolved))
                ? new Suppress(RECOVERED_WITHIN_WAIT)
                : unlessQuiet(it, age, maxAge, new Tell(Direction.RECOVERY));
        return new Decision(
                step,
                telling instanceof Suppress(var reason) && step instanceof Close && open.told() == Told.TOLD
                        ? new End(reason)
                        : telling);
    }

    /// Whether nobody heard yet of any rule that is resolved now.
    private static boolean waits(Episode open, Set<String> unresolved) {
        return open.rules().stream()
                .allMatch(rule -> unresolved.contains(rule) || open.waiting().contains(rule));
    }

    /// Nobody hears of it, unless it ends what was told: then it is no longer judged so, whatever the scorecard wants
    /// told and however late it is. An episode that nobody was to hear of ends with a new baseline.
    private static Decision silent(Transition it, @Nullable Episode open, SuppressedBecause reason) {
        if (open == null) {
            return new Decision(new Leave(), new Suppress(reason));
        }
        var unresolved = unresolved(it, open);
        var over = it.after() == null
                || (unresolved.isEmpty() && !open.rules().isEmpty())
                || (reason == BASELINE && open.told() == Told.NOT_TO_BE_TOLD);
        return new Decision(
                over ? new Close() : unresolved.equals(open.rules()) ? new Leave() : new Keep(unresolved),
                over && open.told() == Told.TOLD ? new Tell(Direction.RECOVERY) : new Suppress(reason));
    }

    private static Telling unlessQuiet(Transition it, Duration age, Duration maxAge, Telling otherwise) {
        return !it.notifies()
                ? new Suppress(NOTIFY_OFF)
                : age.compareTo(maxAge) > 0 ? new Suppress(TOO_OLD) : otherwise;
    }

    /// Rules of the episode that are not good after `it`. Unknown and stale are not good: they prove no recovery.
    static Set<String> unresolved(Transition it, Episode open) {
        var after = it.after();
        return after == null
                ? Set.of()
                : open.rules().stream()
                        .filter(rule -> !Course.good(after.outcomes().get(rule)))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
