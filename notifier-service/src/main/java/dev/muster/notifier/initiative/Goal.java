package dev.muster.notifier.initiative;

import dev.muster.schemas.v1.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an initiative asks of an entity.
///
/// @param level that is to be reached; null when rules are to be met
/// @param rules ids of the rules that are to be met; none when a level is to be reached
/// @param due what is not done before is overdue
public record Goal(
        String name,
        String title,
        String scorecard,
        @Nullable String level,
        List<String> rules,
        Instant due) {

    public Goal {
        rules = List.copyOf(rules);
    }

    /// Rules of it that an entity does not meet. One that its result does not have is not met.
    List<String> open(Map<String, Outcome> outcomes) {
        return rules.stream().filter(it -> blocks(outcomes.get(it))).toList();
    }

    private static boolean blocks(@Nullable Outcome outcome) {
        return switch (outcome) {
            case PASS, WARN, EXEMPT, NOT_APPLICABLE -> false;
            case FAIL, ERROR, STALE, UNKNOWN -> true;
            case null -> true;
        };
    }

    /// Whether an entity that reached `reached` is not done.
    ///
    /// @param levels of the scorecard, the lowest first; what it has no more is reached by nobody
    boolean lacks(@Nullable String reached, List<String> levels, Map<String, Outcome> outcomes) {
        if (level == null) {
            return !open(outcomes).isEmpty();
        }
        var wanted = levels.indexOf(level);
        return wanted < 0 || reached == null || levels.indexOf(reached) < wanted;
    }
}
