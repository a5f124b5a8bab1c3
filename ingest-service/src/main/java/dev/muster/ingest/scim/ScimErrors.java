package dev.muster.ingest.scim;

import dev.muster.ingest.json.CanonicalJson;
import dev.muster.schemas.SchemaRegistryException;
import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.RecordNotAcknowledgedException;
import dev.muster.service.UnreadableJsonException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// What goes wrong before or after the library, as SCIM tells errors (RFC 7644, section 3.12).
@RestControllerAdvice(assignableTypes = ScimController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ScimErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ScimErrors.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ScimCounter counter;

    ScimErrors(ScimCounter counter) {
        this.counter = counter;
    }

    /// The answer.
    ///
    /// @param scimType keyword of the standard, or null where it has none
    static ResponseEntity<String> answer(HttpStatusCode status, @Nullable String scimType, String detail) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CONTENT_TYPE, ScimController.SCIM_JSON)
                .body(body(status.value(), scimType, detail));
    }

    static String body(int status, @Nullable String scimType, String detail) {
        var body = new LinkedHashMap<String, Object>();
        body.put("schemas", List.of("urn:ietf:params:scim:api:messages:2.0:Error"));
        body.put("status", Integer.toString(status));
        if (scimType != null) {
            body.put("scimType", scimType);
        }
        body.put("detail", detail);
        return CanonicalJson.of(body);
    }

    @ExceptionHandler
    ResponseEntity<String> onProblem(ProblemException e, HttpServletRequest request) {
        return refused(e.problem(), null, request);
    }

    @ExceptionHandler
    ResponseEntity<String> onUnreadableJson(UnreadableJsonException e, HttpServletRequest request) {
        var place = e.line() < 1 ? "" : " (line %d, column %d)".formatted(e.line(), e.column());
        count(request, "refused");
        return answer(
                HttpStatus.BAD_REQUEST,
                "invalidSyntax",
                "The body is not JSON, or not within the limits: " + e.getMessage() + place);
    }

    @ExceptionHandler({RecordNotAcknowledgedException.class, SchemaRegistryException.class, RetriableException.class})
    ResponseEntity<String> onKafkaTrouble(RuntimeException e, HttpServletRequest request) {
        LOG.warn("Answering 503: {}", e.getMessage());
        count(request, "failed");
        var answer = answer(
                HttpStatus.SERVICE_UNAVAILABLE,
                null,
                "What was sent could not be stored; nothing is lost that" + " was answered. Try again");
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(SOON.toSeconds()))
                .body(answer.getBody());
    }

    @ExceptionHandler
    ResponseEntity<String> onAnythingElse(Exception e, HttpServletRequest request) {
        var incident = UUID.randomUUID().toString();
        LOG.error("Incident {}", incident, e);
        count(request, "failed");
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, null, "Something broke, incident " + incident);
    }

    private ResponseEntity<String> refused(Problem problem, @Nullable String scimType, HttpServletRequest request) {
        count(request, problem.type().status().is5xxServerError() ? "failed" : "refused");
        var detail = problem.detail() == null ? problem.type().title() : problem.detail();
        return answer(problem.type().status(), scimType, detail);
    }

    private void count(HttpServletRequest request, String outcome) {
        counter.count(ScimController.path(request), outcome);
    }
}
