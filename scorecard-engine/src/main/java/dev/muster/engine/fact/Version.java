package dev.muster.engine.fact;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/// Place of a change in the total order of all changes to a fact; the greater one wins.
///
/// Sources have one-second clocks, ties, or no time at all, so the time of the source alone does not order: then the
/// rank of the status counts, then when Muster received it, then the id of the delivery.
///
/// Both times are kept to the millisecond, which is what travels on the topics, so that a version is the same before
/// and after it was stored.
///
/// @param sourceTime when it became so at the source, see [SourceTime]
/// @param rank order of states that share one source time: queued 0, in progress 1, completed 2
/// @param receivedAt when Muster received it
/// @param deliveryId delivery that carried it
public record Version(Instant sourceTime, int rank, Instant receivedAt, String deliveryId)
        implements Comparable<Version> {

    private static final Comparator<Version> ORDER = comparing(Version::sourceTime)
            .thenComparingInt(Version::rank)
            .thenComparing(Version::receivedAt)
            .thenComparing(Version::deliveryId);

    public Version {
        sourceTime = sourceTime.truncatedTo(ChronoUnit.MILLIS);
        receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(deliveryId, "deliveryId");
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
