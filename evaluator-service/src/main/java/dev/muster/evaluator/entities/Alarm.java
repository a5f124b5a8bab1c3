package dev.muster.evaluator.entities;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// Wakes a partition when there is something to do: at the instant that it asked for, and at every idle tick.
///
/// Kafka Streams commits after each time it wakes a partition, even for nothing, so a steady fast tick would make an
/// idle evaluator write transactions all day. Idle ticks are aligned: all partitions of a thread share one commit.
final class Alarm {

    private static final Instant NEVER = Instant.MAX;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final ProcessorContext<?, ?> context;
    private final Runnable wake;
    private @Nullable Cancellable once;
    private Instant at = NEVER;

    Alarm(ProcessorContext<?, ?> context, Duration idleTick, Runnable wake) {
        this.context = context;
        this.wake = wake;
        context.schedule(Instant.EPOCH, idleTick, PunctuationType.WALL_CLOCK_TIME, _ -> wake.run());
    }

    /// Wakes at `instant`, or earlier when that was asked for before; at once, when it has come, is after the next
    /// commit.
    ///
    /// @param now what time it is, which after long work is later than the context says
    void at(Instant instant, Instant now) {
        if (!instant.isBefore(at)) {
            return;
        }
        cancel();
        once = context.schedule(wait(now, instant), PunctuationType.WALL_CLOCK_TIME, _ -> ring());
        at = instant;
    }

    /// Kafka Streams counts in whole milliseconds, and knows none that is shorter than one.
    private static Duration wait(Instant now, Instant instant) {
        var exact = Duration.between(now, instant);
        return exact.compareTo(SHORTEST) < 0 ? SHORTEST : exact;
    }

    private void ring() {
        cancel();
        wake.run();
    }

    private void cancel() {
        if (once != null) {
            once.cancel();
        }
        once = null;
        at = NEVER;
    }
}
