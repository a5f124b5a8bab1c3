package dev.muster.notifier.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that the report of a team tells.
///
/// @param standings how its entities stand now
/// @param moves what changed within the week
/// @param scorecards those that score its entities, by name
/// @param endings exemptions that end soon, the first to end first
/// @param open initiatives that the team is not done with, the first to come due first
record Week(
        String team,
        Instant begins,
        Instant ends,
        List<Standing> standings,
        List<Move> moves,
        Map<String, Card> scorecards,
        List<Ending> endings,
        List<Open> open) {

    Week {
        standings = List.copyOf(standings);
        moves = List.copyOf(moves);
        scorecards = Map.copyOf(scorecards);
        endings = List.copyOf(endings);
        open = List.copyOf(open);
    }

    /// @param title of the entity
    /// @param level null for none
    /// @param failing ids of rules
    record Standing(
            String entity,
            String title,
            String scorecard,
            @Nullable String level,
            int score,
            List<String> failing) {

        Standing {
            failing = List.copyOf(failing);
        }
    }

    /// How an entity went from the beginning of the week to its end.
    ///
    /// @param before level, null for none
    /// @param after level, null for none
    record Move(
            String entity,
            String scorecard,
            @Nullable String before,
            @Nullable String after,
            int scoreBefore) {}

    /// @param rules titles by id
    /// @param levels the lowest first
    record Card(String title, Map<String, String> rules, List<String> levels) {

        Card {
            rules = Map.copyOf(rules);
            levels = List.copyOf(levels);
        }

        /// Where a level stands, 0 for none.
        int rank(@Nullable String level) {
            return level == null ? 0 : levels.indexOf(level) + 1;
        }

        String rule(String id) {
            return rules.getOrDefault(id, id);
        }
    }

    /// @param title of the initiative
    /// @param lacking entities of the team that are not done
    record Open(String title, Instant due, List<String> lacking) {

        Open {
            lacking = List.copyOf(lacking);
        }
    }

    /// @param title of the entity
    record Ending(
            String entity,
            String title,
            String rule,
            @Nullable String scorecard,
            Instant at) {}
}
