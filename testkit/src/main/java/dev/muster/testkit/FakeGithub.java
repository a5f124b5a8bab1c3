package dev.muster.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// GitHub's REST and GraphQL API as far as its rules for callers go: credentials of tokens and of apps,
/// pages by `Link`, `ETag`s, both kinds of limits, redirects, and what it answers to questions about what is
/// not there.
///
/// It knows nothing that it was not told: [#has] puts something under a path. It believes the clock of the test.
public final class FakeGithub implements AutoCloseable {

    private static final int A_PAGE = 100;
    private static final JsonMapper JSON = JsonMapper.shared();

    /// A question as it came in.
    ///
    /// @param question method and path without its query, such as `GET /orgs/acme/teams`
    /// @param query decoded, by name
    /// @param authorization the header, empty when there was none
    /// @param status what was answered
    public record Call(String question, Map<String, String> query, String authorization, int status) {}

    /// An answer other than the usual one.
    ///
    /// @param status HTTP status
    public record Reply(int status, Map<String, String> headers, String body) {

        public static Reply status(int status) {
            return new Reply(status, Map.of(), "{\"message\":\"status " + status + "\"}");
        }

        /// Too much at once, by the secondary limit.
        public static Reply secondaryLimit(int retryAfter) {
            return new Reply(
                    403,
                    Map.of("Retry-After", Integer.toString(retryAfter)),
                    "{\"message\":\"You have exceeded a secondary rate limit.\"}");
        }

        public static Reply movedTo(String path) {
            return new Reply(301, Map.of("Location", path), "{\"message\":\"Moved Permanently\"}");
        }
    }

    private final HttpServer server;
    private final InstantSource clock;
    private final Map<String, JsonNode> things = new ConcurrentHashMap<>();
    private final Map<String, Reply> standing = new ConcurrentHashMap<>();
    private final Map<String, Queue<Reply>> next = new ConcurrentHashMap<>();
    private final Map<String, Function<JsonNode, JsonNode>> done = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private final Map<String, PublicKey> apps = new ConcurrentHashMap<>();
    private volatile Predicate<Call> until = _ -> false;
    private volatile int limit = 5_000;
    private int used;
    private Instant resetAt;

    private FakeGithub(HttpServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        this.resetAt = clock.instant().plus(1, ChronoUnit.HOURS);
    }

    /// Starts one on a free port of the loopback interface.
    public static FakeGithub start(InstantSource clock) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var github = new FakeGithub(server, clock);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", github::handle);
            server.start();
            return github;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Base of the REST API. GraphQL is at `/graphql` below it.
    public URI api() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /// Takes this token until it is revoked.
    public void takes(String token) {
        tokens.put(token, Instant.MAX);
    }

    public void revoke(String token) {
        tokens.remove(token);
    }

    /// Knows an app, which is installed at these accounts under the ids 1, 2, …
    public void knows(String appId, PublicKey key, String... accounts) {
        apps.put(appId, key);
        for (var i = 0; i < accounts.length; i++) {
            has("/orgs/" + accounts[i] + "/installation", "{\"id\":" + (i + 1) + "}");
        }
    }

    /// Something that can be read, JSON; a list is told page by page.
    public void has(String path, String json) {
        things.put(path, JSON.readTree(json));
    }

    /// It is not there any more.
    public void hasNo(String path) {
        things.remove(path);
    }

    /// What a POST does: from its body to its answer, 202 or, of GraphQL, 200.
    public void does(String path, Function<JsonNode, JsonNode> deed) {
        done.put(path, deed);
    }

    /// The next questions get these answers, one each, then the usual one again.
    ///
    /// @param question such as `GET /repos/acme/payments`
    public void answers(String question, Reply... replies) {
        var queue = next.computeIfAbsent(question, _ -> new ArrayDeque<>());
        synchronized (queue) {
            queue.addAll(List.of(replies));
        }
    }

    /// This question always gets this answer.
    public void always(String question, Reply reply) {
        standing.put(question, reply);
    }

    /// Questions of an hour, counted from now on.
    public synchronized void limit(int questions) {
        limit = questions;
        used = 0;
        resetAt = clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    }

    /// When the limit is set back.
    public synchronized Instant resetAt() {
        return resetAt;
    }

    /// Breaks every connection from the first question on that this is true of, as a network does that goes down.
    public void breaksAt(Predicate<Call> question) {
        until = question;
    }

    /// Everything that came in, in order.
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /// How often one question came in and was answered as it was meant.
    public long answered(String question) {
        return calls.stream()
                .filter(it -> it.question().equals(question) && it.status() < 400)
                .count();
    }

    /// Forgets what came in.
    public void forgetCalls() {
        calls.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            var authorization =
                    Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
            var question = exchange.getRequestMethod() + " " + uri.getPath();
            var query = query(uri.getRawQuery());
            var body = exchange.getRequestBody().readAllBytes();
            if (until.test(new Call(question, query, authorization, 0))) {
                calls.add(new Call(question, query, authorization, 599));
                return;
            }
            var reply = reply(exchange, question, query, authorization, body);
            calls.add(new Call(question, query, authorization, reply.status()));
            send(exchange, reply);
        }
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        var headers = exchange.getResponseHeaders();
        reply.headers().forEach(headers::set);
        headers.set(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        headers.set("Content-Type", "application/json; charset=utf-8");
        var body = reply.status() == 304 ? new byte[0] : reply.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private Reply reply(
            HttpExchange exchange, String question, Map<String, String> query, String authorization, byte[] body) {
        var path = exchange.getRequestURI().getPath();
        if (!mayAsk(path, authorization)) {
            return new Reply(401, Map.of(), "{\"message\":\"Bad credentials\"}");
        }
        var scripted = scripted(question);
        if (scripted != null) {
            return limited(scripted, true);
        }
        if (question.startsWith("POST ")) {
            return limited(post(path, body), true);
        }
        var usual = get(path, exchange.getRequestURI().getRawPath(), query);
        var tag = usual.headers().get("ETag");
        var known = exchange.getRequestHeaders().getFirst("If-None-Match");
        return tag != null && tag.equals(known)
                ? limited(new Reply(304, Map.of("ETag", tag), ""), false)
                : limited(usual, true);
    }

    /// Questions about an app are its own; all others need a token.
    private boolean mayAsk(String path, String authorization) {
        var token = authorization.replaceFirst("^Bearer ", "");
        var asApp = path.startsWith("/app/") || path.endsWith("/installation");
        return asApp ? isStatement(token) : clock.instant().isBefore(tokens.getOrDefault(token, Instant.MIN));
    }

    /// RS256 by the key of an app, good now and for ten minutes at most.
    private boolean isStatement(String token) {
        var parts = token.split("[.]", -1);
        if (parts.length != 3) {
            return false;
        }
        var decoder = Base64.getUrlDecoder();
        var head = JSON.readTree(decoder.decode(parts[0]));
        var claims = JSON.readTree(decoder.decode(parts[1]));
        var key = apps.get(claims.path("iss").asString(""));
        var now = clock.instant().getEpochSecond();
        if (key == null
                || !head.path("alg").asString("").equals("RS256")
                || claims.path("iat").asLong() > now
                || claims.path("exp").asLong() <= now
                || claims.path("exp").asLong() > now + 600) {
            return false;
        }
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
            return signature.verify(decoder.decode(parts[2]));
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private @Nullable Reply scripted(String question) {
        var queue = next.get(question);
        if (queue != null) {
            synchronized (queue) {
                var first = queue.poll();
                if (first != null) {
                    return first;
                }
            }
        }
        return standing.get(question);
    }

    private Reply post(String path, byte[] body) {
        if (path.matches("/app/installations/\\d+/access_tokens")) {
            var token = "ghs_" + tokens.size() + "x" + calls.size();
            var end = clock.instant().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
            tokens.put(token, end);
            return new Reply(201, Map.of(), "{\"token\":\"%s\",\"expires_at\":\"%s\"}".formatted(token, end));
        }
        var deed = done.get(path);
        return deed == null
                ? Reply.status(404)
                : new Reply(
                        path.equals("/graphql") ? 200 : 202,
                        Map.of(),
                        deed.apply(body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body))
                                .toString());
    }

    private Reply get(String path, String rawPath, Map<String, String> query) {
        var thing = things.get(path);
        if (thing == null) {
            return new Reply(404, Map.of(), "{\"message\":\"Not Found\"}");
        }
        if (query.containsKey("state")) {
            thing = filtered(thing, "state", query.get("state"));
        }
        if (query.containsKey("role") && !"all".equals(query.get("role"))) {
            thing = filtered(thing, "role", query.get("role"));
        }
        var headers = new HashMap<String, String>();
        if (thing.isArray()) {
            var page = Integer.parseInt(query.getOrDefault("page", "1"));
            var size = Integer.parseInt(query.getOrDefault("per_page", "30"));
            var all = new ArrayList<JsonNode>();
            thing.forEach(all::add);
            var from = Math.min(all.size(), (page - 1) * Math.min(size, A_PAGE));
            var to = Math.min(all.size(), from + Math.min(size, A_PAGE));
            if (to < all.size()) {
                var more = new TreeMap<>(query);
                more.put("page", Integer.toString(page + 1));
                headers.put(
                        "Link",
                        "<%s%s?%s>; rel=\"next\", <%s%s?page=9>; rel=\"last\""
                                .formatted(api(), rawPath, joined(more), api(), rawPath));
            }
            thing = JSON.createArrayNode().addAll(all.subList(from, to));
        }
        var body = thing.toString();
        headers.put("ETag", "W/\"" + Integer.toHexString(body.hashCode()) + "\"");
        return new Reply(200, headers, body);
    }

    private static JsonNode filtered(JsonNode list, String member, String value) {
        var kept = JSON.createArrayNode();
        list.forEach(item -> {
            if (item.path(member).asString("").equals(value)) {
                kept.add(item);
            }
        });
        return kept;
    }

    private synchronized Reply limited(Reply reply, boolean counts) {
        var now = clock.instant();
        if (!now.isBefore(resetAt)) {
            used = 0;
            resetAt = now.plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        }
        var over = counts && used >= limit;
        used += counts && !over ? 1 : 0;
        var headers = new HashMap<>(over ? Map.<String, String>of() : reply.headers());
        headers.put("X-RateLimit-Limit", Integer.toString(limit));
        headers.put("X-RateLimit-Remaining", Integer.toString(Math.max(0, limit - used)));
        headers.put("X-RateLimit-Reset", Long.toString(resetAt.getEpochSecond()));
        headers.put("X-RateLimit-Resource", "core");
        return over
                ? new Reply(403, headers, "{\"message\":\"API rate limit exceeded for installation.\"}")
                : new Reply(reply.status(), headers, reply.body());
    }

    private static Map<String, String> query(@Nullable String raw) {
        var query = new TreeMap<String, String>();
        if (raw != null) {
            for (var pair : raw.split("&", -1)) {
                var parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts.length == 2 ? parts[1] : "", UTF_8));
            }
        }
        return query;
    }

    private static String joined(Map<String, String> query) {
        return String.join(
                "&",
                query.entrySet().stream()
                        .map(it -> it.getKey() + "=" + it.getValue())
                        .toList());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
