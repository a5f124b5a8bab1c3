package dev.muster.service;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/// Every kind of error that a service answers with. A closed set: a client may switch over [#uri].
public enum ProblemType {
    MALFORMED_REQUEST(
            HttpStatus.BAD_REQUEST,
            "The request could not be read",
            "The body, a parameter or a header is not of the form that is asked for. `errors` may say where."),
    UNAUTHENTICATED(
            HttpStatus.UNAUTHORIZED,
            "A valid token is needed",
            "Send `Authorization: Bearer` with a token that the service knows."),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The token does not allow this", "Use a token with the role that the call needs."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing", "Check the path and the names in it."),
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED,
            "The method is not allowed here",
            "Use one of the methods that the header `Allow` lists."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "The answer cannot be given in the form that was asked for",
            "Send another `Accept` header."),
    CONFLICT(
            HttpStatus.CONFLICT,
            "The state does not allow this",
            "Read the state again; `detail` says what is in the way."),
    BODY_TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE, "The body is too large", "Send less at once; `detail` names the limit."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body is of a type that is not read here",
            "Send another `Content-Type`, and no `Content-Encoding`."),
    INVALID_CONTENT(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The content has mistakes",
            "Correct every mistake that `errors` lists, with file, line and column where there is one."),
    TOO_MANY_REQUESTS(
            HttpStatus.TOO_MANY_REQUESTS, "Too many requests", "Wait as long as the header `Retry-After` says."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something broke",
            "A bug. The log of the service tells more under the `incident` of the answer."),
    UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The service cannot do this now",
            "Nothing is lost that was acknowledged. Try again after `Retry-After`.");

    private static final String BASE = "https://muster.dev/problems/";

    private final HttpStatus status;
    private final String title;
    private final String advice;

    ProblemType(HttpStatus status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    /// The status that it is answered with.
    public HttpStatus status() {
        return status;
    }

    /// What happened, the same for every occurrence.
    public String title() {
        return title;
    }

    /// What who sees it can do, in Markdown.
    public String advice() {
        return advice;
    }

    /// The last part of its [#uri].
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The stable name of the problem, and where it is described.
    public URI uri() {
        return URI.create(BASE + slug());
    }

    /// The type that a bare status stands for.
    public static ProblemType of(HttpStatusCode status) {
        return Arrays.stream(values())
                .filter(type -> type.status.value() == status.value())
                .findFirst()
                .orElse(status.is4xxClientError() ? MALFORMED_REQUEST : INTERNAL_ERROR);
    }
}
