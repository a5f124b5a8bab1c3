package dev.muster.notifier.outbound;

import dev.muster.notifier.delivery.RetryAfter;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.service.Traces;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Posts to allowed hosts at allowed addresses only, follows nothing, tries nothing twice, and is done within a bounded
/// time. Neither an address nor a header is ever part of what it tells: webhook addresses are credentials.
///
/// Every call makes its own connection, so that every call is checked; it knows no proxy, no cookie and no compression.
@Component
public class Outbound implements AutoCloseable {

    /// Bytes of an answer that are read.
    public static final int LARGEST = 64 * 1024;

    private static final int MOST_AT_ONCE = 1000;

    /// Headers of an answer, and bytes of one line: more is no answer.
    private static final Http1Config HEAD = Http1Config.custom()
            .setMaxHeaderCount(200)
            .setMaxLineLength(16 * 1024)
            .build();

    private final OutboundSettings settings;
    private final InstantSource clock;
    private final Traces traces;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("outbound-", 0).factory());
    private final CloseableHttpClient http;

    @Autowired
    public Outbound(OutboundSettings settings, InstantSource clock, Traces traces) {
        this(settings, clock, traces, GuardedResolver.of(settings.addresses()));
    }

    Outbound(OutboundSettings settings, InstantSource clock, Traces traces, DnsResolver resolver) {
        this.settings = settings;
        this.clock = clock;
        this.traces = traces;
        this.http = client(Timeout.of(settings.within()), resolver);
    }

    private static CloseableHttpClient client(Timeout within, DnsResolver resolver) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEAD)
                        .build())
                .setMaxConnTotal(MOST_AT_ONCE)
                .setMaxConnPerRoute(MOST_AT_ONCE)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(within)
                        .setSocketTimeout(within)
                        .build())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(within).build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setSchemePortResolver(DefaultSchemePortResolver.INSTANCE)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(within)
                        .setResponseTimeout(within)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Muster")
                .build();
    }

    /// Posts JSON to `address`, with the trace of what this thread is doing.
    public Answer post(URI address, Map<String, String> headers, String json) {
        return post(address, headers, "application/json; charset=utf-8", json);
    }

    /// Posts `body` to `address`, as UTF-8, with the trace of what this thread is doing.
    ///
    /// @param type what the body is, for the header `Content-Type`
    public Answer post(URI address, Map<String, String> headers, String type, String body) {
        var refused = settings.hosts().refuses(address);
        if (refused.isPresent()) {
            return new Answer.Missing(FailedBecause.BLOCKED, refused.get());
        }
        var request = request(address, headers, type, body);
        var exchange = threads.submit(() -> exchange(request));
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
            request.cancel();
            exchange.cancel(true);
        }
    }

    private HttpPost request(URI address, Map<String, String> headers, String type, String body) {
        var request = new HttpPost(address);
        request.setEntity(
                new StringEntity(body, ContentType.create(type.split(";", 2)[0].strip(), StandardCharsets.UTF_8)));
        headers.forEach(request::setHeader);
        var trace = traces.current();
        if (trace != null) {
            request.setHeader(CloudEventHeaders.TRACE_PARENT, trace);
        }
        return request;
    }

    private Answer exchange(HttpPost request) throws IOException {
        var response = http.executeOpen(null, request, null);
        try {
            var retryAfter = response.getFirstHeader("Retry-After");
            var entity = response.getEntity();
            return new Answer.Received(
                    response.getCode(),
                    RetryAfter.read(retryAfter == null ? null : retryAfter.getValue(), clock.instant()),
                    entity == null ? "" : new String(entity.getContent().readNBytes(LARGEST), StandardCharsets.UTF_8));
        } finally {
            // Whatever else it has to say is not waited for: to close an answer would be to read it to its end.
            request.cancel();
            Closer.closeQuietly(response);
        }
    }

    private static Answer missing(Throwable cause) {
        return switch (cause) {
            case GuardedResolver.Refused it ->
                new Answer.Missing(FailedBecause.BLOCKED, String.valueOf(it.getMessage()));
            case InterruptedIOException _ -> new Answer.Missing(FailedBecause.TIMED_OUT, "no answer in time");
            case IOException _ ->
                new Answer.Missing(FailedBecause.UNREACHABLE, cause.getClass().getSimpleName());
            default -> throw new IllegalStateException(cause.getClass().getName());
        };
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
        threads.shutdownNow();
    }
}
