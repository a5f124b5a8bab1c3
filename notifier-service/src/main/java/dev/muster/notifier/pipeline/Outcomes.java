package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.GroupedBecause;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.ledger.Notifications.Told;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.notifier.transition.Course;
import dev.muster.notifier.transition.RuleChange;
import dev.muster.notifier.transition.Transition;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.TransitionKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What became of all that a notification tells. Pure functions.
final class Outcomes {

    private Outcomes() {}

    /// A regression when any result ends worse than it began.
    static Direction direction(List<Told> told) {
        return results(told).stream().anyMatch(it -> new Course(it).isWorse())
                ? Direction.REGRESSION
                : Direction.RECOVERY;
    }

    private static Collection<List<Transition>> results(List<Told> told) {
        return told.stream()
                .collect(Collectors.groupingBy(
                        Outcomes::result, Collectors.mapping(Told::transition, Collectors.toList())))
                .values();
    }

    private static String result(Told it) {
        return it.transition().entity() + "|" + it.transition().scorecard();
    }

    /// Why there is nothing to tell, when it went back and forth and is as it was told last: good, or as
    /// broken as in the message that began its thread; null when there is something.
    ///
    /// @param begins whether it begins a thread
    static @Nullable SuppressedBecause unchanged(List<Told> told, boolean begins) {
        return switch (direction(told)) {
            // What tells it besides others may have come too late for its regression.
            case RECOVERY ->
                isBack(told) || (begins && told.stream().anyMatch(Told::copied))
                        ? SuppressedBecause.RECOVERED_WITHIN_WAIT
                        : null;
            case REGRESSION -> !begins && isBack(told) ? SuppressedBecause.ALREADY_TOLD : null;
            case REMINDER, REPORT -> null;
        };
    }

    /// Whether all of it is where it was before the first of it: every rule, and the level.
    private static boolean isBack(List<Told> told) {
        return results(told).stream().allMatch(Outcomes::isResultBack);
    }

    /// A level that is another one although every rule is good again changed for reasons that others tell.
    private static boolean isResultBack(List<Transition> inOrder) {
        var last = inOrder.getLast();
        var byRule = inOrder.stream()
                .flatMap(it -> it.changes().stream())
                .filter(RuleChange::turns)
                .collect(Collectors.groupingBy(RuleChange::rule));
        return inOrder.stream().allMatch(Outcomes::isTurn)
                && byRule.values().stream()
                        .allMatch(it ->
                                isSame(it.getFirst().before(), it.getLast().after()))
                && (Objects.equals(inOrder.getFirst().levelBefore(), last.levelAfter())
                        || (!last.regresses() && !byRule.isEmpty()));
    }

    /// Rules that changed and are not good in the end.
    static Set<String> broken(List<Told> told) {
        var broken = new HashSet<String>();
        for (var it : told) {
            for (var change : it.transition().changes()) {
                if (Course.good(change.after())) {
                    broken.remove(change.rule());
                } else if (change.turns()) {
                    broken.add(change.rule());
                }
            }
        }
        return broken;
    }

    /// Whether it is a regression or a recovery, and not the end of what was judged.
    private static boolean isTurn(Transition it) {
        return it.kind() == TransitionKind.REGRESSED || it.kind() == TransitionKind.RECOVERED;
    }

    private static boolean isSame(@Nullable Outcome before, @Nullable Outcome after) {
        return before == after || (Course.good(before) && Course.good(after));
    }

    /// Whether nobody is to read any of it, and it only ends incidents.
    static boolean endsIncidentsOnly(List<Told> told) {
        return told.stream().allMatch(it -> it.reason() == GroupedBecause.INCIDENT);
    }

    /// What there is to read: nothing of what only ends incidents, unless nothing else is told.
    static List<Told> read(List<Told> told) {
        return endsIncidentsOnly(told)
                ? told
                : told.stream()
                        .filter(it -> it.reason() != GroupedBecause.INCIDENT)
                        .toList();
    }

    /// Whether nothing changed for `within`.
    static boolean isSteady(List<Told> told, Duration within, Instant now) {
        return told.stream().noneMatch(it -> it.acceptedAt().plus(within).isAfter(now));
    }

    /// The thread: a recovery, or a further regression, answers the message that told the first one,
    /// when all of what it tells belongs there. What another notification tells first begins a thread
    /// of its own.
    static String thread(Due due, List<Told> told) {
        if (due.direction() == Direction.RECOVERY || told.stream().anyMatch(Told::copied)) {
            return due.threadId();
        }
        var threads = told.stream().map(Told::thread).distinct().toList();
        if (told.stream().map(Outcomes::result).distinct().count() == 1) {
            threads = threads.stream().filter(it -> !due.id().equals(it)).toList();
        }
        return threads.size() == 1 ? Objects.requireNonNullElse(threads.getFirst(), due.threadId()) : due.threadId();
    }

    /// What to say before the cause; null for nothing.
    static @Nullable String note(Due due, List<Told> told) {
        if (told.stream().anyMatch(it -> it.reason() == GroupedBecause.FLAPPING)) {
            return "It went back and forth: %d changes since %s UTC."
                    .formatted(
                            told.size(),
                            told.getFirst()
                                    .transition()
                                    .at()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString()
                                    .replace("T", " ")
                                    .replace("Z", ""));
        }
        var first = told.getFirst();
        return due.direction() == Direction.REGRESSION && told.stream().allMatch(Told::escalated)
                ? "Not resolved by %s since %s."
                        .formatted(
                                Objects.requireNonNullElse(first.owner(), "anybody"),
                                first.openedAt().toString().substring(0, 10))
                : null;
    }
}
