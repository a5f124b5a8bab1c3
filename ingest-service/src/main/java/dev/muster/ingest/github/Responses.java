package dev.muster.ingest.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.github.GithubUnavailableException.Reason;
import dev.muster.service.StrictJson;
import dev.muster.service.UnreadableJsonException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What GitHub's responses mean, by their status, headers and words.
///
/// @param listener hears of every question that was answered
record Responses(
        GithubAddress address,
        StrictJson json,
        Pace pace,
        Remembered remembered,
        InstantSource clock,
        Consumer<Asked> listener) {

    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofMinutes(5);

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*\\brel=\"?next\"?");

    /// Reads one.
    ///
    /// @param known what was remembered, when it was asked whether that changed
    /// @param sentAt when it was asked
    Answer read(URI at, Remembered.@Nullable Page known, HttpResponse<byte[]> response, Instant sentAt)
            throws GithubUnavailableException {
        var status = response.statusCode();
        var message = status >= 400 ? message(response.body()) : "";
        var limited = pace.saw(status, response.headers(), message, clock.instant());
        if (limited.isPresent()) {
            listener.accept(Asked.LIMITED);
            throw GithubUnavailableException.limited(limited.get());
        }
        return switch (status) {
            case 200, 201, 202, 204 -> {
                listener.accept(Asked.FOUND);
                var next = next(at, response.headers());
                response.headers()
                        .firstValue("etag")
                        .filter(_ -> status == 200)
                        .ifPresent(tag -> remembered.keep(at, new Remembered.Page(tag, response.body(), next)));
                yield found(at, response.body(), next, response.headers(), sentAt);
            }
            case 304 -> {
                if (known == null) {
                    throw failed(at, "it says that nothing changed, and was not asked that");
                }
                listener.accept(Asked.NOT_MODIFIED);
                yield found(at, known.body(), known.next(), response.headers(), sentAt);
            }
            case 301, 302, 307, 308 -> {
                listener.accept(Asked.MOVED);
                yield new Answer.Moved();
            }
            case 404, 410 -> {
                listener.accept(Asked.MISSING);
                yield new Answer.Missing(message);
            }
            case 403, 409, 422, 451 -> {
                listener.accept(Asked.WITHHELD);
                yield new Answer.Withheld(message);
            }
            case 401 -> {
                listener.accept(Asked.REFUSED);
                throw new GithubUnavailableException(
                        Reason.REFUSED,
                        "GitHub does not take the credentials: " + message,
                        clock.instant().plus(UNTIL_ASKED_AGAIN));
            }
            default -> throw failed(at, "it answers " + status);
        };
    }

    private Answer found(URI at, byte[] body, @Nullable URI next, HttpHeaders headers, Instant sentAt)
            throws GithubUnavailableException {
        var dated = date(headers).filter(sentAt::isAfter).orElse(sentAt).truncatedTo(ChronoUnit.SECONDS);
        if (body.length == 0) {
            return new Answer.Found(null, next, sentAt, dated);
        }
        try {
            return new Answer.Found(json.read(body), next, sentAt, dated);
        } catch (UnreadableJsonException unreadable) {
            throw failed(at, "its answer is no JSON: " + unreadable.getMessage());
        }
    }

    private static Optional<Instant> date(HttpHeaders headers) {
        try {
            return headers.firstValue("date")
                    .map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
                    .map(Instant::from);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private @Nullable URI next(URI at, HttpHeaders headers) throws GithubUnavailableException {
        var link = NEXT.matcher(String.join(", ", headers.allValues("link")));
        if (!link.find()) {
            return null;
        }
        var next = URI.create(link.group(1));
        if (!address.holds(next)) {
            throw failed(at, "its next page lies elsewhere");
        }
        return next;
    }

    /// GitHub's own words, of bounded length.
    private String message(byte[] body) {
        try {
            var message = json.read(body).path("message").asString("");
            return message.length() > 200 ? message.substring(0, 200) : message;
        } catch (UnreadableJsonException _) {
            return new String(body, 0, Math.min(body.length, 100), UTF_8);
        }
    }

    private GithubUnavailableException failed(URI at, String why) {
        listener.accept(Asked.FAILED);
        return GithubUnavailableException.failed(at, why);
    }
}
