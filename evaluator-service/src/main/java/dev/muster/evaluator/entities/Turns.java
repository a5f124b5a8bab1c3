package dev.muster.evaluator.entities;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Whose turn it is among the partitions of one thread that have work of one kind waiting: results that are due, or
/// a sweep. After a portion that did not do all of it the thread rests from that kind.
///
/// Kafka Streams processes one record a partition after it woke one, then two, then three, and commits what came of
/// them only after the next portion: only a rest lets it come to the records that wait, however small the portions are.
/// The commit of a portion takes as long as it likes, so the rest begins when that is over.
final class Turns {

    /// Both kinds, apart: what is due never waits for a sweep.
    record OfThread(Turns due, Turns sweeps) {

        static OfThread of(Pace pace, LongSupplier nanoTime) {
            return new OfThread(new Turns(pace, nanoTime), new Turns(pace, nanoTime));
        }
    }

    private final Pace pace;
    private final LongSupplier nanoTime;
    private Instant next = Instant.MIN;
    private @Nullable Portion uncommitted;

    Turns(Pace pace, LongSupplier nanoTime) {
        this.pace = pace;
        this.nanoTime = nanoTime;
    }

    boolean isDue(Instant now) {
        return !now.isBefore(next);
    }

    /// Begins a portion.
    ///
    /// @param now by the clock of the thread, which stands still until the portion ends
    Portion begin(Instant now) {
        return new Portion(now);
    }

    /// What is left of a portion; one result at least.
    final class Portion {

        private final Instant now;
        private final long began = nanoTime.getAsLong();
        private int judged;

        private Portion(Instant now) {
            this.now = now;
        }

        private Duration took() {
            return Duration.ofNanos(nanoTime.getAsLong() - began);
        }

        boolean goesOn() {
            return judged == 0 || (judged < pace.batch() && took().compareTo(pace.portion()) < 0);
        }

        void judged() {
            judged++;
        }

        /// When the portion is used up, the thread rests until a while after its commit; if nobody tells of that,
        /// because
        /// the partition is another's by then, for as long as it worked at most.
        ///
        /// @return what time it is
        Instant end() {
            var end = now.plus(took());
            uncommitted = goesOn() ? null : this;
            next = uncommitted == null ? end : end.plus(pace.portion()).plus(pace.tick());
            return end;
        }

        /// True until [#committed] when the portion is used up.
        boolean isUncommitted() {
            return uncommitted == this;
        }

        /// What was decided in it has been committed.
        void committed(Instant now) {
            if (isUncommitted()) {
                uncommitted = null;
                next = now.plus(pace.tick());
            }
        }
    }
}
