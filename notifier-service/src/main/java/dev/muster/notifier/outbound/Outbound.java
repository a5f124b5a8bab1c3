package dev.muster.notifier.outbound;

import dev.muster.notifier.delivery.RetryAfter;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.service.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/// Posts to allowed hosts only, follows nothing, and is done within a bounded time. Neither an address nor a header
/// is ever part of what it tells: webhook addresses are credentials.
@Component
public class Outbound implements AutoCloseable {

    /// Bytes of an answer that are read.
    public static final int LARGEST = 64 * 1024;

    private final OutboundSettings settings;
    private final InstantSource clock;
    private final Traces traces;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("outbound-", 0).factory());
    private final HttpClient http;

    public Outbound(OutboundSettings settings, InstantSource clock, Traces traces) {
        this.settings = settings;
        this.clock = clock;
        this.traces = traces;
        this.http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(settings.within())
                .executor(threads)
                .build();
    }

    /// Posts JSON to `address`, with the trace of what this thread is doing.
    public Answer post(URI address, Map<String, String> headers, String json) {
        var refused = settings.allowed().refuses(address);
        if (refused.isPresent()) {
            return new Answer.Missing(FailedBecause.BLOCKED, refused.get());
        }
        var request = HttpRequest.newBuilder(address)
                .timeout(settings.within())
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Muster")
                .POST(BodyPublishers.ofString(json, StandardCharsets.UTF_8));
        headers.forEach(request::header);
        var trace = traces.current();
        if (trace != null) {
            request.header(CloudEventHeaders.TRACE_PARENT, trace);
        }
        var exchange = threads.submit(() -> exchange(request.build()));
        try {
            return exchange.get(settings.within().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new Answer.Missing(FailedBecause.TIMED_OUT, "no answer within " + settings.within());
        } catch (ExecutionException e) {
            return missing(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Answer.Missing(FailedBecause.TIMED_OUT, "interrupted");
        } finally {
            exchange.cancel(true);
        }
    }

    private Answer exchange(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            return new Answer.Received(
                    response.statusCode(),
                    RetryAfter.read(response.headers().firstValue("Retry-After").orElse(null), clock.instant()),
                    new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8));
        }
    }

    private static Answer missing(Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException _ -> new Answer.Missing(FailedBecause.TIMED_OUT, "no answer in time");
            case IOException _ ->
                new Answer.Missing(FailedBecause.UNREACHABLE, cause.getClass().getSimpleName());
            default -> throw new IllegalStateException(cause.getClass().getName());
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
