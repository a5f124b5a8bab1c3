package dev.muster.notifier.pipeline;

import dev.muster.notifier.transition.RuleChange;
import dev.muster.notifier.transition.Transition;
import dev.muster.routing.Change;
import dev.muster.routing.ChangeKind;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What routes and silences can ask about a transition.
final class Changes {

    private Changes() {}

    /// @param owner the owner that is told
    /// @param tags of the entity
    static Change of(Transition it, @Nullable String owner, Collection<String> tags) {
        return of(it.regresses() ? ChangeKind.REGRESSED : ChangeKind.RECOVERED, it, owner, tags);
    }

    /// That `it` is not resolved in time.
    ///
    /// @param parent the team that is told
    /// @param tags of the entity
    static Change escalated(Transition it, @Nullable String parent, Collection<String> tags) {
        return of(ChangeKind.ESCALATED, it, parent, tags);
    }

    private static Change of(ChangeKind kind, Transition it, @Nullable String owner, Collection<String> tags) {
        return new Change(
                kind,
                it.entity(),
                owner,
                it.scorecard(),
                Objects.requireNonNullElse(it.tier(), Change.NO_TIER),
                Set.copyOf(tags),
                rules(it),
                turned(it)
                        .map(RuleChange::level)
                        .filter(level -> !level.isBlank())
                        .collect(Collectors.toUnmodifiableSet()),
                it.levelAfter(),
                it.lost(),
                it.cause().source());
    }

    /// Rules that changed, and not only in words.
    static Set<String> rules(Transition it) {
        return turned(it).map(RuleChange::rule).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<RuleChange> turned(Transition it) {
        return it.changes().stream().filter(RuleChange::turns);
    }
}
