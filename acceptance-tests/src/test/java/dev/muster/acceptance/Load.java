package dev.muster.acceptance;

import static org.awaitility.Awaitility.await;

import dev.muster.testkit.Installation;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// A tool that sends one delivery after the other, at a steady pace, and each again until it is acknowledged.
final class Load implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Delivery> acknowledged = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    private final Installation installation;
    private final IntFunction<Delivery> deliveries;

    private Load(Installation installation, IntFunction<Delivery> deliveries) {
        this.installation = installation;
        this.deliveries = deliveries;
    }

    /// Begins to send.
    ///
    /// @param deliveries by their number, from 0
    static Load on(Installation installation, IntFunction<Delivery> deliveries) {
        var load = new Load(installation, deliveries);
        var _ = load.sender.scheduleWithFixedDelay(load::sendNext, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
        return load;
    }

    private void sendNext() {
        var delivery = deliveries.apply(acknowledged.size());
        try {
            var body = delivery.body().getBytes(StandardCharsets.UTF_8);
            if (installation.github(delivery.event(), delivery.id(), body).status() == 202) {
                acknowledged.add(delivery);
            }
        } catch (UncheckedIOException _) {
            // Nobody listens, or the connection broke before there was an answer: the same one again.
        }
    }

    /// Waits until `count` more are acknowledged.
    void awaitMore(int count) {
        var before = acknowledged.size();
        await("%d more deliveries are acknowledged".formatted(count))
                .atMost(PATIENCE)
                .until(() -> acknowledged.size() >= before + count);
    }

    /// Stops sending.
    ///
    /// @return what was acknowledged
    List<Delivery> end() {
        close();
        return List.copyOf(acknowledged);
    }

    @Override
    public void close() {
        sender.close();
    }
}
