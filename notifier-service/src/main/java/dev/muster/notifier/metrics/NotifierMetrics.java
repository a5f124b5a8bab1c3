package dev.muster.notifier.metrics;

import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Counters of the notifier. Every label comes from a closed set.
///
/// - `muster.notifier.transitions{decision=grouped|suppressed|duplicate, reason}`: what was decided about transitions
/// - `muster.notifier.attempts{channel, outcome, reason}`: how attempts went
/// - `muster.notifier.attempt.time{channel}`: how long they took
/// - `muster.notifier.deliveries.waiting{channel}`: deliveries that have not ended
/// - `muster.notifier.receipts`: receipts published
/// - `muster.notifier.unreadable`: records that went to the dead letters
@Component
public class NotifierMetrics {

    private final MeterRegistry meters;

    NotifierMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /// A transition joined a message.
    public void grouped(Direction direction) {
        decided("grouped", direction.name());
    }

    /// A transition is told to nobody.
    public void suppressed(SuppressedBecause reason) {
        decided("suppressed", reason.name());
    }

    /// A transition came again.
    public void duplicate() {
        decided("duplicate", "none");
    }

    private void decided(String decision, String reason) {
        meters.counter("muster.notifier.transitions", "decision", decision, "reason", reason)
                .increment();
    }

    /// Times one attempt.
    public <T> T timed(ChannelName channel, Supplier<T> attempt) {
        var sample = Timer.start(meters);
        try {
            return attempt.get();
        } finally {
            sample.stop(meters.timer("muster.notifier.attempt.time", "channel", channel.label()));
        }
    }

    /// An attempt ended.
    ///
    /// @param outcome kind of the attempt, from a closed set
    /// @param reason reason, from a closed set, or `none`
    public void attempted(ChannelName channel, String outcome, String reason) {
        meters.counter("muster.notifier.attempts", "channel", channel.label(), "outcome", outcome, "reason", reason)
                .increment();
    }

    /// Shows how many deliveries wait; NaN while the ledger cannot be asked.
    public void waiting(Supplier<Map<ChannelName, Long>> waiting) {
        for (var channel : ChannelName.values()) {
            Gauge.builder("muster.notifier.deliveries.waiting", () -> {
                        try {
                            return waiting.get().getOrDefault(channel, 0L);
                        } catch (DataAccessException _) {
                            return Double.NaN;
                        }
                    })
                    .tag("channel", channel.label())
                    .strongReference(true)
                    .register(meters);
        }
    }

    /// Receipts were published.
    public void receipts(int count) {
        meters.counter("muster.notifier.receipts").increment(count);
    }

    /// A record went to the dead letters.
    public void unreadable() {
        meters.counter("muster.notifier.unreadable").increment();
    }
}
