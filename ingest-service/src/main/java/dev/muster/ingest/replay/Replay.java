package dev.muster.ingest.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One replay, and how far it is. Written by one thread, read by any.
final class Replay {

    /// What is asked for.
    ///
    /// @param since deliveries that were received then or later
    /// @param until and before then
    /// @param dryRun counts and writes nothing
    /// @param by who asked
    record Order(String connection, Instant since, Instant until, boolean dryRun, String by) {}

    enum State {
        RUNNING,
        DONE,
        FAILED,
        STOPPED
    }

    /// A replay as answers show it.
    ///
    /// @param read records of the journal that were looked at, those of other connections too
    /// @param of how many there are to look at
    /// @param deliveries those that were meant, each mapped again
    /// @param facts records that follow from them
    /// @param unmapped deliveries of event types that no mapping reads
    /// @param failures deliveries that failed again, whole or in part; each is a dead letter
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String id,
            String connection,
            Instant since,
            Instant until,
            boolean dryRun,
            String by,
            String state,
            @Nullable String reason,
            Instant startedAt,
            @Nullable Instant finishedAt,
            long read,
            long of,
            long deliveries,
            long facts,
            long unmapped,
            long failures) {}

    private final String id;
    private final Order order;
    private final Instant startedAt;
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong of = new AtomicLong();
    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicLong facts = new AtomicLong();
    private final AtomicLong unmapped = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean stopping;

    private record End(State state, @Nullable String reason, Instant at) {}

    private volatile @Nullable End end;

    Replay(String id, Order order, Instant startedAt) {
        this.id = id;
        this.order = order;
        this.startedAt = startedAt;
    }

    String id() {
        return id;
    }

    Order order() {
        return order;
    }

    /// The last part of the version of everything that it tells: a later replay wins over an earlier one.
    long revision() {
        return startedAt.toEpochMilli();
    }

    void toRead(long records) {
        of.set(records);
    }

    void read(long records) {
        read.addAndGet(records);
    }

    void mapped(int factRecords, boolean wanted, boolean failed) {
        deliveries.incrementAndGet();
        facts.addAndGet(factRecords);
        if (failed) {
            failures.incrementAndGet();
        } else if (!wanted) {
            unmapped.incrementAndGet();
        }
    }

    /// Asks it to end soon.
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isRunning() {
        return end == null;
    }

    void finished(State state, @Nullable String reason, Instant at) {
        end = new End(state, reason, at);
    }

    View view() {
        var over = end;
        return new View(
                id,
                order.connection(),
                order.since(),
                order.until(),
                order.dryRun(),
                order.by(),
                (over == null ? State.RUNNING : over.state()).name().toLowerCase(Locale.ROOT),
                over == null ? null : over.reason(),
                startedAt,
                over == null ? null : over.at(),
                read.get(),
                of.get(),
                deliveries.get(),
                facts.get(),
                unmapped.get(),
                failures.get());
    }
}
