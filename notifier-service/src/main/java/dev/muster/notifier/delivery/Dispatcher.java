package dev.muster.notifier.delivery;

import static java.util.stream.Collectors.toMap;

import dev.muster.notifier.delivery.Attempt.GivenUp;
import dev.muster.notifier.delivery.Attempt.TryAgain;
import dev.muster.notifier.delivery.DeliveryQueue.Claimed;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.notifier.silence.SnoozeLinks;
import dev.muster.service.Traces;
import io.micrometer.tracing.Span;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Sends what is due: `claim → send → record`. Each destination fails alone.
///
/// A crash between sending and recording leaves the claim to run out; the message is then sent once more, with the
/// same id.
@Component
public class Dispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final DeliveryQueue queue;
    private final Recording recording;
    private final Map<ChannelName, Channel> channels;
    private final DeliverySettings settings;
    private final InstantSource clock;
    private final NotifierMetrics metrics;
    private final Traces traces;
    private final SnoozeLinks snoozes;
    private final Semaphore free;

    /// Room of its own for receivers in trouble, so that those that hang hold nobody else up.
    private final Semaphore probes;

    private final ExecutorService deliveries = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("delivery-", 0).factory());
    private final ExecutorService attempts = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("attempt-", 0).factory());

    Dispatcher(
            DeliveryQueue queue,
            Recording recording,
            List<Channel> channels,
            DeliverySettings settings,
            InstantSource clock,
            NotifierMetrics metrics,
            Traces traces,
            SnoozeLinks snoozes) {
        this.queue = queue;
        this.recording = recording;
        this.channels = channels.stream().collect(toMap(Channel::name, it -> it));
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.traces = traces;
        this.snoozes = snoozes;
        this.free = new Semaphore(settings.parallel());
        this.probes = new Semaphore(Math.max(1, settings.parallel() / 4));
        metrics.waiting(queue::waiting);
        metrics.oldest(() -> queue.oldest(clock.instant()));
    }

    /// Claims what is due and starts to send it; does not wait for the end. True when anything was due.
    public boolean step() {
        var healthy = start(free, false);
        var troubled = start(probes, true);
        return healthy || troubled;
    }

    private boolean start(Semaphore room, boolean troubled) {
        var permits = room.drainPermits();
        List<Claimed> claimed = List.of();
        try {
            claimed = permits == 0 ? claimed : queue.claim(permits, troubled, clock.instant(), settings.lease());
        } finally {
            room.release(permits - claimed.size());
        }
        for (var it : claimed) {
            deliveries.execute(() -> {
                try {
                    recording.record(it, attempt(it), channels.get(it.channel()));
                } catch (RuntimeException e) {
                    // The claim runs out and the message is sent once more: late is better than never.
                    LOG.warn("The end of {} could not be recorded", it, e);
                } finally {
                    room.release();
                }
            });
        }
        return !claimed.isEmpty();
    }

    private Attempt attempt(Claimed it) {
        if (it.expiresAt().isBefore(clock.instant())) {
            return new GivenUp(FailedBecause.BUDGET_SPENT, "not tried within its budget");
        }
        if (it.channel() == ChannelName.EMAIL && it.refused() >= settings.refusals()) {
            return new GivenUp(FailedBecause.REFUSED_OFTEN, "refused %d times in a row".formatted(it.refused()));
        }
        var channel = channels.get(it.channel());
        return channel == null
                ? new GivenUp(
                        FailedBecause.NOT_CONFIGURED, "channel " + it.channel().label() + " is not configured")
                : metrics.timed(it.channel(), () -> bounded(channel, it));
    }

    private Attempt bounded(Channel channel, Claimed it) {
        var sending =
                attempts.submit(() -> traces.within("send", Span.Kind.PRODUCER, it.trace(), () -> send(channel, it)));
        try {
            return sending.get(settings.sendWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new TryAgain(FailedBecause.TIMED_OUT, "no end within " + settings.sendWithin());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new TryAgain(FailedBecause.TIMED_OUT, "interrupted");
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            // The text of the exception may hold an address or a URL: only its class is told.
            LOG.error("{} could not be made: {}", it, cause.getClass().getName());
            return new GivenUp(FailedBecause.BROKEN, cause.getClass().getSimpleName());
        } finally {
            sending.cancel(true);
        }
    }

    private Attempt send(Channel channel, Claimed it) {
        traces.tell("muster.notification", it.notificationId());
        traces.tell("muster.channel", it.channel().label());
        var attempt = channel.send(it.envelope(snoozes));
        traces.tell("muster.outcome", attempt.getClass().getSimpleName());
        return attempt;
    }

    /// Waits for the attempts under way, for as long as one may take.
    @Override
    public void close() {
        deliveries.shutdown();
        try {
            if (!deliveries.awaitTermination(settings.sendWithin().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Some deliveries are still under way; they are sent again when their claims run out");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            attempts.shutdownNow();
            deliveries.shutdownNow();
        }
    }
}
