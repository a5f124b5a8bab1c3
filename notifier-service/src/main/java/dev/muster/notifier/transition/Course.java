package dev.muster.notifier.transition;

import dev.muster.schemas.v1.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What happened to one result.
///
/// @param inOrder its transitions, at least one
public record Course(List<Transition> inOrder) {

    public Course {
        inOrder = List.copyOf(inOrder);
    }

    /// Whether it ends worse than it began: with a regression, or with a rule broken that was not at
    /// first, whatever recovered since.
    public boolean isWorse() {
        return inOrder.getLast().regresses()
                || inOrder.stream()
                        .filter(Transition::regresses)
                        .flatMap(it -> broken(it).stream())
                        .anyMatch(rule -> good(before(rule)) && !good(after(rule)));
    }

    private @Nullable Outcome before(String rule) {
        return inOrder.stream()
                .flatMap(it -> it.changes().stream())
                .filter(it -> it.rule().equals(rule))
                .findFirst()
                .map(RuleChange::before)
                .orElse(null);
    }

    private @Nullable Outcome after(String rule) {
        var after = inOrder.getLast().after();
        return after == null ? null : after.outcomes().get(rule);
    }

    /// Rules that began to fail; when none did, those that are no longer good, which is how a level is
    /// lost without a failure.
    public static Set<String> broken(Transition it) {
        var failing = rules(it, change -> failing(change.after()) && !failing(change.before()));
        return failing.isEmpty() ? rules(it, change -> !good(change.after()) && good(change.before())) : failing;
    }

    /// Rules that became good.
    public static Set<String> resolved(Transition it) {
        return rules(it, change -> good(change.after()) && !good(change.before()));
    }

    private static Set<String> rules(Transition it, Predicate<RuleChange> which) {
        return it.changes().stream().filter(which).map(RuleChange::rule).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean failing(@Nullable Outcome outcome) {
        return outcome == Outcome.FAIL || outcome == Outcome.ERROR;
    }

    /// Good, or gone: a rule that no longer exists holds nothing back.
    public static boolean good(@Nullable Outcome outcome) {
        return switch (Objects.requireNonNullElse(outcome, Outcome.NOT_APPLICABLE)) {
            case PASS, WARN, EXEMPT, NOT_APPLICABLE -> true;
            case FAIL, ERROR, STALE, UNKNOWN -> false;
        };
    }
}
