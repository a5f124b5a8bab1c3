package dev.muster.portal.acting;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Stands where ingest and notifier stand, and answers what the test says: their real answers are in the stories of
/// acceptance-tests, because services know nothing of each other.
final class OtherService implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// What was asked.
    ///
    /// @param call method and path, with its parameters
    /// @param person as the header says it; missing without one
    record Call(String call, String authorization, JsonNode person, JsonNode body) {

        String by() {
            return person.path("name").asString("nobody");
        }
    }

    /// @param status 0 never answers
    private record Reply(int status, String body) {}

    OtherService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// What follows on a call, such as `POST /v1/exemptions`.
    void answers(String call, int status, String body) {
        replies.put(call, new Reply(status, body));
    }

    void neverAnswers(String call) {
        answers(call, 0, "");
    }

    List<Call> calls() {
        return calls;
    }

    Call last() {
        return calls.getLast();
    }

    void reset() {
        calls.clear();
        replies.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var header = exchange.getRequestHeaders().getFirst("Muster-Acts-For");
            calls.add(new Call(
                    call,
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    header == null
                            ? JSON.missingNode()
                            : JSON.readTree(new String(Base64.getUrlDecoder().decode(header), UTF_8)),
                    JSON.readTree(exchange.getRequestBody().readAllBytes())));
            var reply = replies.getOrDefault(call, new Reply(404, "{\"detail\":\"not scripted: " + call + "\"}"));
            if (reply.status == 0) {
                closed.await();
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            var bytes = reply.body.getBytes(UTF_8);
            exchange.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
