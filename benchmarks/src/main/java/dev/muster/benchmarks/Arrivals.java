package dev.muster.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// When each of a run of deliveries was first seen in a committed result. Delivery ids are the name of the run, a dash
/// and the number in the run.
final class Arrivals {

    private static final long NEVER = Long.MIN_VALUE;

    private final String prefix;
    private final long[] nanos;
    private final CountDownLatch missing;

    Arrivals(String run, int count) {
        this.prefix = run + "-";
        this.nanos = new long[count];
        Arrays.fill(nanos, NEVER);
        this.missing = new CountDownLatch(count);
    }

    String deliveryId(int number) {
        return prefix + number;
    }

    /// Called by one thread only. Ids of other runs are nothing to us.
    void seen(String deliveryId, long now) {
        if (deliveryId.startsWith(prefix)) {
            var number = Integer.parseInt(deliveryId.substring(prefix.length()));
            if (nanos[number] == NEVER) {
                nanos[number] = now;
                missing.countDown();
            }
        }
    }

    /// Waits until all were seen, or it takes longer than `patience`.
    ///
    /// @return how many were not seen
    int await(Duration patience) throws InterruptedException {
        missing.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        return (int) missing.getCount();
    }

    /// Times from `since[number]` until it was seen.
    Latencies since(long[] since) {
        return since(since, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /// The same of those with `from ≤ since[number] < to`.
    Latencies since(long[] since, long from, long to) {
        return Latencies.ofNanos(IntStream.range(0, nanos.length)
                .filter(i -> nanos[i] != NEVER && since[i] >= from && since[i] < to)
                .mapToLong(i -> nanos[i] - since[i]));
    }

    /// Committed results a second: those after the first transaction, over the time from that to the last. What was in
    /// the first took time before anything was seen.
    double rate() {
        var seen = LongStream.of(nanos).filter(it -> it != NEVER).summaryStatistics();
        var afterFirst = LongStream.of(nanos).filter(it -> it > seen.getMin()).count();
        return afterFirst * 1e9 / (seen.getMax() - seen.getMin());
    }
}
