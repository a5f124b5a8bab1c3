package dev.muster.benchmarks;

import dev.muster.testkit.Platform;
import dev.muster.testkit.Signed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Posts signed deliveries at a fixed rate, whether the ones before were answered or not.
///
/// Every time is counted from the instant at which the delivery *should* have been sent. A server that stalls cannot
/// slow the sender down and so hide how long the others would have waited.
final class OpenLoop {

    private static final int ACCEPTED = 202;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Workload workload;
    private final URI door;
    private final String secret;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    OpenLoop(Workload workload, Platform platform) {
        this.workload = workload;
        this.door = URI.create(platform.ingestUrl() + "/v1/webhooks/github");
        this.secret = platform.secret("MUSTER_SECRET_GITHUB");
    }

    /// What came of it.
    ///
    /// @param scheduled when each should have been sent, in nanoseconds of [System#nanoTime()]
    /// @param acknowledged from then until 202
    /// @param late from then until the sender began: its own lateness, part of all other times
    /// @param refused what was not 202, with how often
    record Sent(
            long[] scheduled,
            Latencies acknowledged,
            Latencies late,
            ConcurrentHashMap<String, AtomicInteger> refused) {

        int refusals() {
            return refused.values().stream().mapToInt(AtomicInteger::get).sum();
        }
    }

    /// Sends `count` deliveries and waits for all answers.
    ///
    /// @param first number of the first delivery in the [Workload]
    Sent send(Arrivals run, int first, int count, int rate) throws InterruptedException {
        var scheduled = new long[count];
        var begun = new long[count];
        var answered = new long[count];
        Arrays.fill(answered, -1);
        var refused = new ConcurrentHashMap<String, AtomicInteger>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = System.nanoTime() + Duration.ofMillis(200).toNanos();
            for (var i = 0; i < count; i++) {
                var number = i;
                var body = workload.payload(first + i);
                var request = HttpRequest.newBuilder(door).timeout(PATIENCE).POST(BodyPublishers.ofByteArray(body));
                Signed.githubHeaders(secret, "dependabot_alert", run.deliveryId(i), body)
                        .forEach(request::header);
                scheduled[i] = start + i * 1_000_000_000L / rate;
                awaitNanos(scheduled[i]);
                threads.execute(() -> {
                    begun[number] = System.nanoTime();
                    var answer = answer(request.build());
                    if (answer.isEmpty()) {
                        answered[number] = System.nanoTime();
                    } else {
                        refused.computeIfAbsent(answer, _ -> new AtomicInteger())
                                .incrementAndGet();
                    }
                });
            }
        }
        return new Sent(
                scheduled,
                Latencies.ofNanos(IntStream.range(0, count)
                        .filter(i -> answered[i] != -1)
                        .mapToLong(i -> answered[i] - scheduled[i])),
                Latencies.ofNanos(IntStream.range(0, count).mapToLong(i -> begun[i] - scheduled[i])),
                refused);
    }

    /// Empty when it was accepted, else what happened.
    private String answer(HttpRequest request) {
        try {
            var status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status == ACCEPTED ? "" : "status " + status;
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    static void awaitNanos(long instant) {
        long left;
        while ((left = instant - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
        }
    }
}
