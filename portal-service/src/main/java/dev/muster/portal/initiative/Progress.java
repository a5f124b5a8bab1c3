package dev.muster.portal.initiative;

/// How far some entities are.
///
/// @param percent done of the total, rounded down, so that 100 means all of them; 0 when there is nobody
public record Progress(int total, int done, int percent) {

    static Progress of(int total, int done) {
        return new Progress(total, done, total == 0 ? 0 : 100 * done / total);
    }

    /// Whether somebody is not done.
    boolean lacks() {
        return done < total;
    }

    /// Counts entities.
    static final class Tally {

        private int total;
        private int done;

        void add(boolean isDone) {
            total++;
            done += isDone ? 1 : 0;
        }

        Progress progress() {
            return Progress.of(total, done);
        }
    }
}
