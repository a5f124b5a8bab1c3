package dev.muster.portal.initiative;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An initiative in short.
///
/// @param level that is to be reached; null when rules are to be met
/// @param due what is not done before this instant is overdue
/// @param lastDay the last day on which it is not overdue, in UTC
/// @param entities that it means
/// @param overdue whether the time is up and some are not done
/// @param problem something that the scorecard does not have any more, so that nobody can be done; or null
public record InitiativeItem(
        String name,
        String title,
        @Nullable String description,
        @Nullable String owner,
        String scorecard,
        @Nullable String level,
        List<String> rules,
        String appliesTo,
        Instant startsAt,
        Instant due,
        String lastDay,
        Progress entities,
        boolean overdue,
        @Nullable String problem) {

    static InitiativeItem of(InitiativeView it, Progress progress, Target target, Instant now) {
        return new InitiativeItem(
                it.name(),
                it.title(),
                it.description(),
                it.owner(),
                it.scorecard(),
                it.level(),
                it.rules(),
                it.appliesTo(),
                it.startsAt(),
                it.due(),
                it.lastDay().toString(),
                progress,
                it.isOver(now) && progress.lacks(),
                target.problem());
    }
}
