package dev.muster.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Slack as far as messages go: incoming webhooks under `/services/…`, `chat.postMessage` and `chat.update` under
/// `/api/`.
///
/// It takes every message, as Slack does, and keeps what it got; [#answer] makes it answer something else first. What
/// it keeps includes messages that it then answered badly: Slack may have shown them all the same.
public final class FakeSlack implements AutoCloseable {

    /// One call as it came in.
    ///
    /// @param path path with query, such as `/services/T0/B0/x`
    /// @param body JSON text
    /// @param authorization the header, empty when there was none
    /// @param traceParent the header `traceparent`, empty when there was none
    public record Call(String path, String body, String authorization, String traceParent, Instant at) {}

    /// An answer other than the usual one.
    ///
    /// @param status HTTP status; 0 closes the connection without an answer, after the call was read
    /// @param hang answers only when the fake is closed
    public record Reply(int status, Map<String, String> headers, String body, boolean hang) {

        public static Reply status(int status) {
            return new Reply(status, Map.of(), "", false);
        }

        public static Reply json(String body) {
            return new Reply(200, Map.of("Content-Type", "application/json"), body, false);
        }

        public static Reply rateLimited(String retryAfter) {
            return new Reply(429, Map.of("Retry-After", retryAfter), "", false);
        }

        /// Reads the call and breaks the connection: what became of it is unknown.
        public static Reply reset() {
            return status(0);
        }

        public static Reply never() {
            return new Reply(200, Map.of(), "ok", true);
        }
    }

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();
    private final AtomicInteger posted = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    private FakeSlack(HttpServer server) {
        this.server = server;
    }

    /// Starts one on a free port of the loopback interface.
    public static FakeSlack start() {
        return start(0);
    }

    /// Starts one on a port, 0 for a free one.
    public static FakeSlack start(int port) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var slack = new FakeSlack(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", slack::handle);
            server.start();
            return slack;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// The address of an incoming webhook.
    public URI webhook(String name) {
        return URI.create("http://localhost:" + port() + "/services/" + name);
    }

    /// The root of the Web API.
    public URI api() {
        return URI.create("http://localhost:" + port() + "/api/");
    }

    /// The next calls to a webhook get these answers, one each, then the usual one again.
    public void answer(String webhook, Reply... next) {
        script("/services/" + webhook, next);
    }

    /// The next calls of `chat.postMessage` get these answers.
    public void answerApi(Reply... next) {
        script("/api/chat.postMessage", next);
    }

    /// The next calls of `chat.update` get these answers.
    public void answerUpdate(Reply... next) {
        script("/api/chat.update", next);
    }

    private void script(String path, Reply... next) {
        var queue = replies.computeIfAbsent(path, _ -> new ArrayDeque<>());
        synchronized (queue) {
            queue.addAll(List.of(next));
        }
    }

    /// Everything that came in, in order.
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /// What came in at one webhook.
    public List<Call> calls(String webhook) {
        return calls.stream()
                .filter(it -> it.path().equals("/services/" + webhook))
                .toList();
    }

    /// What came in through the Web API.
    public List<Call> apiCalls() {
        return calls.stream().filter(it -> it.path().startsWith("/api/")).toList();
    }

    /// Forgets what came in and what was to be answered, for the next test.
    public void reset() {
        calls.clear();
        replies.clear();
        posted.set(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().toString();
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            var trace = exchange.getRequestHeaders().getFirst("traceparent");
            calls.add(new Call(
                    path,
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                    authorization == null ? "" : authorization,
                    trace == null ? "" : trace,
                    Instant.now()));
            var scripted = next(path);
            reply(exchange, scripted == null ? usual(path, authorization) : scripted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Reply next(String path) {
        var queue = replies.get(path);
        if (queue == null) {
            return null;
        }
        synchronized (queue) {
            return queue.poll();
        }
    }

    private Reply usual(String path, @Nullable String authorization) {
        if (!path.startsWith("/api/")) {
            return new Reply(200, Map.of("Content-Type", "text/plain"), "ok", false);
        }
        return authorization == null || !authorization.startsWith("Bearer ")
                ? Reply.json("{\"ok\":false,\"error\":\"not_authed\"}")
                : Reply.json("{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1790000000.%06d\"}"
                        .formatted(posted.incrementAndGet()));
    }

    private void reply(HttpExchange exchange, Reply reply) throws IOException, InterruptedException {
        if (reply.hang()) {
            closed.await();
        }
        if (reply.status() == 0) {
            return;
        }
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        var body = reply.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
