package dev.muster.notifier.delivery;

import static java.util.stream.Collectors.toMap;

import dev.muster.notifier.delivery.Attempt.GivenUp;
import dev.muster.notifier.delivery.Attempt.Pause;
import dev.muster.notifier.delivery.Attempt.TryAgain;
import dev.muster.notifier.delivery.DeliveryQueue.Claimed;
import dev.muster.notifier.delivery.DeliveryQueue.Due;
import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.notifier.silence.SnoozeLinks;
import dev.muster.service.Traces;
import io.micrometer.tracing.Span;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Sends what is due: `claim → send → record`. Each destination fails alone, and each channel has room of its own.
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
    private final Map<ChannelName, Room> rooms = new EnumMap<>(ChannelName.class);

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
        for (var name : ChannelName.values()) {
            var channel = this.channels.get(name);
            rooms.put(name, new Room(settings.parallel(), channel != null && channel.oneServer()));
        }
        metrics.waiting(queue::waiting);
        metrics.oldest(() -> queue.oldest(clock.instant()));
    }

    /// Claims what is due and starts to send it; does not wait for the end. True when anything was due.
    public boolean step() {
        var any = false;
        for (var due : queue.due(clock.instant())) {
            any |= start(due, false);
            any |= start(due, true);
        }
        return any;
    }

    private boolean start(Due due, boolean troubled) {
        var room = Objects.requireNonNull(rooms.get(due.channel()));
        if (due.down()) {
            room.silent();
        }
        var now = clock.instant();
        var free = room.free(troubled, now);
        var permits = free.drainPermits();
        List<Claimed> claimed = List.of();
        try {
            claimed = permits == 0 ? claimed : queue.claim(due.channel(), permits, troubled, now, settings.lease());
        } finally {
            free.release(permits - claimed.size());
        }
        for (var it : claimed) {
            deliveries.execute(() -> {
                try {
                    var attempt = attempt(it);
                    room.learn(attempt, clock.instant());
                    recording.record(it, attempt, channels.get(it.channel()));
                } catch (RuntimeException e) {
                    // The claim runs out and the message is sent once more: late is better than never.
                    LOG.warn("The end of {} could not be recorded", it, e);
                } finally {
                    free.release();
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
            return new TryAgain(
                    FailedBecause.TIMED_OUT,
                    Duration.ZERO,
                    channel.oneServer() ? Pause.CHANNEL : Pause.NOTHING,
                    "no end within " + settings.sendWithin());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new TryAgain(FailedBecause.TIMED_OUT, "interrupted");
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof DataAccessException) {
                LOG.warn(
                        "{} could not be sent: the database answers {}",
                        it,
                        cause.getClass().getName());
                return new TryAgain(FailedBecause.OWN_TROUBLE, "the database of the notifier");
            }
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
