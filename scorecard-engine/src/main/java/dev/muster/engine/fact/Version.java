package dev.muster.engine.fact;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/// Place of a change in the total order of all changes to a fact; the greater one wins.
///
/// Sources have one-second clocks, ties, or no time at all, so the time of the source alone does not order: then the
/// rank of the status counts, then when Muster received it, then the id of the delivery. A delivery that is read again
/// says what it said before in the same place, so last of all the later reading counts.
///
/// Both times are kept to the millisecond, which is what travels on the topics, so that a version is the same before
/// and after it was stored.
///
/// @param sourceTime when it became so at the source, see [SourceTime]
/// @param rank order of states that share one source time: queued 0, in progress 1, completed 2
/// @param receivedAt when Muster received it
/// @param deliveryId delivery that carried it
/// @param revision 0 for what was told when the delivery came; of a replay, when it began, in milliseconds since 1970
public record Version(Instant sourceTime, int rank, Instant receivedAt, String deliveryId, long revision)
        implements Comparable<Version> {

    private static final Comparator<Version> ORDER = comparing(Version::sourceTime)
            .thenComparingInt(Version::rank)
            .thenComparing(Version::receivedAt)
            .thenComparing(Version::deliveryId)
            .thenComparingLong(Version::revision);

    public Version {
        sourceTime = sourceTime.truncatedTo(ChronoUnit.MILLIS);
        receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(deliveryId, "deliveryId");
    }

    /// Of what was told when the delivery came.
    public Version(Instant sourceTime, int rank, Instant receivedAt, String deliveryId) {
        this(sourceTime, rank, receivedAt, deliveryId, 0);
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    /// True when this one wins over `other` or is the same.
    public boolean isAtLeast(Version other) {
        return compareTo(other) >= 0;
    }
}
