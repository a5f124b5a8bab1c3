package dev.muster.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// An error as RFC 9457 describes it. `type` and `status` are stable; `detail` is for people and may change.
///
/// @param errors every mistake that was found
/// @param retryAfter when to try again, or null
/// @param members further members of the answer
public record Problem(
        ProblemType type,
        @Nullable String detail,
        List<ProblemError> errors,
        @Nullable Duration retryAfter,
        Map<String, Object> members) {

    public Problem {
        errors = List.copyOf(errors);
        members = Map.copyOf(members);
    }

    /// A problem with nothing but its words.
    ///
    /// @param detail what happened this time; never holds a secret or what a stranger sent
    public static Problem of(ProblemType type, @Nullable String detail) {
        return new Problem(type, detail, List.of(), null, Map.of());
    }

    /// With every mistake that was found.
    public Problem withErrors(List<ProblemError> mistakes) {
        return new Problem(type, detail, mistakes, retryAfter, members);
    }

    /// With a `Retry-After` header.
    public Problem retryAfter(Duration wait) {
        return new Problem(type, detail, errors, wait, members);
    }

    /// With a further member of the answer.
    public Problem with(String name, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(type, detail, errors, retryAfter, more);
    }

    /// To be thrown where the answer cannot be returned.
    public ProblemException asException() {
        return new ProblemException(this);
    }

    /// The body of the answer.
    public ProblemDetail asDetail() {
        var body = ProblemDetail.forStatus(type.status());
        body.setType(type.uri());
        body.setTitle(type.title());
        body.setDetail(detail);
        members.forEach(body::setProperty);
        if (!errors.isEmpty()) {
            body.setProperty("errors", errors);
        }
        return body;
    }

    /// The headers of the answer.
    HttpHeaders headers() {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        return headers;
    }

    /// The whole answer.
    public ResponseEntity<ProblemDetail> asResponse() {
        return new ResponseEntity<>(asDetail(), headers(), type.status());
    }
}
