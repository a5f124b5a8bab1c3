package dev.muster.portal.transition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The score of an entity over time as a picture, with a mark for each transition. Pure.
///
/// @param path data of the line
/// @param marks the oldest first
public record ScoreLine(Instant from, Instant until, String path, List<Mark> marks) {

    public static final int WIDTH = 1000;
    public static final int HEIGHT = 120;

    /// A transition in the picture.
    public record Mark(int x, int y, TransitionView transition) {}

    /// The picture of some transitions.
    ///
    /// @param transitions the newest first, none later than `until`
    /// @return null when there is nothing to draw
    public static @Nullable ScoreLine of(List<TransitionView> transitions, Instant until) {
        var known = transitions.reversed().stream()
                .filter(it -> it.after() != null && !it.at().isAfter(until))
                .toList();
        if (known.isEmpty()) {
            return null;
        }
        var from = known.getFirst().at();
        long span = Math.max(1, until.toEpochMilli() - from.toEpochMilli());
        var marks = new ArrayList<Mark>();
        var path = new StringBuilder();
        for (var transition : known) {
            int x = (int) (WIDTH * (transition.at().toEpochMilli() - from.toEpochMilli()) / span);
            var after = transition.after();
            int y = HEIGHT - (after == null ? 0 : after.score()) * HEIGHT / 100;
            path.append(path.isEmpty() ? "M%d %d".formatted(x, y) : " H%d V%d".formatted(x, y));
            marks.add(new Mark(x, y, transition));
        }
        return new ScoreLine(from, until, path.append(" H").append(WIDTH).toString(), marks);
    }
}
