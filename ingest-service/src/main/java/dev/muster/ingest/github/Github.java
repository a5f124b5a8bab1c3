package dev.muster.ingest.github;

import dev.muster.ingest.github.GithubUnavailableException.Reason;
import dev.muster.service.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Asks GitHub, one question at a time or several.
///
/// **Promises.** Never asks before a limit is over; says until when. Follows no redirect, and no page that lies
/// elsewhere: credentials go to the one address. Every question ends within its time. No credential is part of what it
/// tells.
/// **Does not promise.** To try again: who asks decides when.
public final class Github implements AutoCloseable {

    /// Bytes of one answer.
    private static final int LARGEST = 16 << 20;

    /// Pages of a hundred: one more than any fact takes.
    public static final int MORE_THAN_A_FACT = 101;

    /// Pages of a hundred that an account may have.
    public static final int WHOLE_ACCOUNT = 1_000;

    private final GithubAddress address;
    private final Access access;
    private final @Nullable AppTokens app;
    private final Duration within;
    private final InstantSource clock;
    private final Responses responses;
    private final Consumer<Asked> listener;
    private final Pace pace = new Pace();
    private final Remembered remembered = new Remembered();
    private final HttpClient http;

    /// A client for one GitHub with one kind of credentials.
    ///
    /// @param within time that one answer may take, with its body
    /// @param listener hears of every question
    public Github(
            GithubAddress address,
            Access access,
            Duration within,
            InstantSource clock,
            StrictJson json,
            Consumer<Asked> listener) {
        this.address = address;
        this.access = access;
        this.app = access instanceof Access.App it ? new AppTokens(it) : null;
        this.within = within;
        this.clock = clock;
        this.responses = new Responses(address, json, pace, remembered, clock, listener);
        this.listener = listener;
        this.http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(within)
                .build();
    }

    public GithubAddress address() {
        return address;
    }

    /// The time by which its answers are dated.
    public Instant now() {
        return clock.instant();
    }

    /// Whether it asks as an app.
    public boolean isApp() {
        return app != null;
    }

    /// Until when so little of the limits is left that what can wait should; empty when there is enough.
    public Optional<Instant> scarceUntil() {
        return pace.scarceUntil(clock.instant());
    }

    /// Questions that are left until the limit is set back; empty when nothing is known yet.
    public Optional<Long> remaining() {
        return pace.remaining();
    }

    /// Reads one thing.
    ///
    /// @param path under the address, with its query
    public Answer get(Caller caller, String path) throws GithubUnavailableException {
        return get(caller, address.at(path));
    }

    /// Reads a list, page by page, and stops once there are more than anybody takes.
    ///
    /// @param member name of the list within the answer; the answer itself when empty
    /// @param mostPages where to stop
    public Listing list(Caller caller, String path, String member, int mostPages) throws GithubUnavailableException {
        var items = new ArrayList<JsonNode>();
        Answer.Found first = null;
        var at = address.at(path);
        for (var pages = 0; pages < mostPages; pages++) {
            var answer = get(caller, at);
            if (!(answer instanceof Answer.Found page)) {
                return new Listing.None(answer);
            }
            first = first == null ? page : first;
            var list = member.isEmpty() ? page.body() : page.body().path(member);
            list.forEach(items::add);
            if (page.next() == null) {
                break;
            }
            at = page.next();
        }
        if (first == null) {
            throw new IllegalStateException("a list has a page");
        }
        return new Listing.Items(items, first.sentAt(), first.asOf());
    }

    /// Reads the page after this one; empty at the end.
    public Optional<Answer> next(Caller caller, Answer.Found page) throws GithubUnavailableException {
        return page.next() == null ? Optional.empty() : Optional.of(get(caller, page.next()));
    }

    /// Asks for something to be done.
    public Answer post(Caller caller, String path) throws GithubUnavailableException {
        return ask(caller, address.at(path), "");
    }

    /// Asks GraphQL.
    ///
    /// @param question JSON with `query` and `variables`
    public Answer graphql(Caller caller, String question) throws GithubUnavailableException {
        return ask(caller, address.graphql(), question);
    }

    private Answer get(Caller caller, URI at) throws GithubUnavailableException {
        return ask(caller, at, null);
    }

    private Answer ask(Caller caller, URI at, @Nullable String body) throws GithubUnavailableException {
        var login = caller instanceof Caller.Within(var name) ? name : null;
        if (app == null || login == null) {
            return exchange(at, body, app == null ? token(caller) : app.statement(clock.instant()));
        }
        for (var again = false; ; again = true) {
            var token = app.find(login, clock.instant());
            if (token == null) {
                switch (installed(app, login)) {
                    case Answer.Found found ->
                        token = found.body().path("token").asString();
                    case Answer other -> {
                        return other;
                    }
                }
            }
            try {
                return exchange(at, body, token);
            } catch (GithubUnavailableException refused) {
                app.forget(login);
                if (again || refused.reason() != Reason.REFUSED) {
                    throw refused;
                }
            }
        }
    }

    private String token(Caller caller) {
        return switch (access) {
            case Access.Token(var token) when caller instanceof Caller.Within -> token;
            case Access.Token _, Access.App _ -> throw new IllegalArgumentException("only an app asks as an app");
        };
    }

    /// Gets a token for an account; the answer that holds it, or why there is none.
    private Answer installed(AppTokens app, String login) throws GithubUnavailableException {
        for (var kind : new String[] {"orgs", "users"}) {
            var found = exchange(
                    address.at("/" + kind + "/" + login + "/installation"), null, app.statement(clock.instant()));
            if (found instanceof Answer.Found installation) {
                var id = installation.body().path("id").asLong();
                var made = exchange(
                        address.at("/app/installations/" + id + "/access_tokens"), "", app.statement(clock.instant()));
                if (made instanceof Answer.Found token) {
                    app.keep(
                            login,
                            token.body().path("token").asString(),
                            Instant.parse(token.body().path("expires_at").asString()));
                }
                return made;
            }
        }
        return new Answer.Withheld("the app is not installed at '" + login + "'");
    }

    private Answer exchange(URI at, @Nullable String body, String token) throws GithubUnavailableException {
        var now = clock.instant();
        var closed = pace.closedUntil(now);
        if (closed.isPresent()) {
            throw GithubUnavailableException.limited(closed.get());
        }
        var known = body == null ? remembered.find(at) : null;
        var request = HttpRequest.newBuilder(at)
                .timeout(within)
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("User-Agent", "Muster")
                .header("Authorization", "Bearer " + token);
        if (known != null) {
            request.header("If-None-Match", known.tag());
        }
        if (body != null) {
            request.POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        var response = send(request.build());
        return responses.read(at, known, response, now);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws GithubUnavailableException {
        var sent = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            return sent.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw failed(request.uri(), "no answer within " + within.toSeconds() + " s");
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw failed(
                    request.uri(),
                    cause instanceof IOException && cause.getMessage() != null
                            ? cause.getClass().getSimpleName() + ": " + cause.getMessage()
                            : cause.getClass().getSimpleName());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw failed(request.uri(), "interrupted");
        } finally {
            sent.cancel(true);
        }
    }

    private GithubUnavailableException failed(URI at, String why) {
        listener.accept(Asked.FAILED);
        return GithubUnavailableException.failed(at, why);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
