package dev.muster.notifier.pipeline;

import dev.muster.notifier.ledger.GroupedBecause;
import dev.muster.notifier.ledger.Notifications.Due;
import dev.muster.notifier.ledger.Notifications.Told;
import dev.muster.notifier.message.Direction;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What became of all that a notification tells. Pure functions.
final class Outcomes {

    private Outcomes() {}

    /// Whether it ends well: the last transition of every result is no regression.
    static Direction direction(List<Told> told) {
        return last(told).stream().noneMatch(it -> it.transition().regresses())
                ? Direction.RECOVERY
                : Direction.REGRESSION;
    }

    private static List<Told> last(List<Told> told) {
        return List.copyOf(told.stream()
                .collect(Collectors.toMap(Outcomes::result, Function.identity(), (_, later) -> later))
                .values());
    }

    private static String result(Told it) {
        return it.transition().entity() + "|" + it.transition().scorecard();
    }

    /// The thread: a recovery, or a further regression, answers the message that told the first one,
    /// when all of what it tells belongs there. What another notification tells first begins a thread
    /// of its own.
    static String thread(Due due, List<Told> told) {
        if (due.direction() == Direction.RECOVERY || told.stream().anyMatch(Told::copied)) {
            return due.threadId();
        }
        var threads = told.stream().map(Told::thread).distinct().toList();
        if (threads.size() > 1 && told.stream().map(Outcomes::result).distinct().count() == 1) {
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
