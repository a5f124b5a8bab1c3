package dev.muster.service;

import dev.muster.schemas.SchemaRegistryException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/// The one table from an exception to the answer that it gets.
///
/// Who asks for a page (`Accept: text/html`) is sent to the error page of the service.
@RestControllerAdvice
final class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> onProblem(ProblemException e, WebRequest request) {
        return answer(e.problem(), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> onUnreadableJson(UnreadableJsonException e, WebRequest request) {
        return answer(e.problem(), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> onBodyTooLarge(BodyTooLargeException e, WebRequest request) {
        return answer(Problem.of(ProblemType.BODY_TOO_LARGE, e.getMessage()), request);
    }

    @ExceptionHandler({RecordNotAcknowledgedException.class, SchemaRegistryException.class, RetriableException.class})
    @Nullable
    ResponseEntity<Object> onKafkaTrouble(RuntimeException e, WebRequest request) {
        log.warn("Answering 503: {}", e.getMessage());
        return answer(
                Problem.of(ProblemType.UNAVAILABLE, "What was sent could not be stored")
                        .retryAfter(SOON),
                request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> onAnythingElse(Exception e, WebRequest request) throws Exception {
        if (e instanceof AccessDeniedException || e instanceof AuthenticationException) {
            throw e; // Spring Security answers these, further out
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return null;
        }
        var incident = UUID.randomUUID().toString();
        log.error("Incident {}", incident, e);
        return answer(Problem.of(ProblemType.INTERNAL_ERROR, null).with("incident", incident), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var problem = Problem.of(ProblemType.MALFORMED_REQUEST, "The body could not be read");
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException tooLarge) {
                return answer(Problem.of(ProblemType.BODY_TOO_LARGE, tooLarge.getMessage()), request);
            }
            if (cause instanceof JacksonException json) {
                problem = UnreadableJsonException.of(json).problem();
            }
        }
        return answer(problem, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = new ArrayList<ProblemError>();
        e.getFieldErrors()
                .forEach(error ->
                        errors.add(ProblemError.at(error.getField(), String.valueOf(error.getDefaultMessage()))));
        e.getGlobalErrors()
                .forEach(error -> errors.add(ProblemError.at("", String.valueOf(error.getDefaultMessage()))));
        return answer(Problem.of(ProblemType.INVALID_CONTENT, null).withErrors(errors), request);
    }

    /// Everything that Spring MVC itself raises ends here; its status and headers hold, the words are ours.
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (isPage(request)) {
            return sendToErrorPage(status, request);
        }
        var type = ProblemType.of(status);
        var detail = body instanceof ProblemDetail of ? of.getDetail() : null;
        var answer = Problem.of(type, type == ProblemType.INTERNAL_ERROR ? null : detail)
                .asDetail();
        answer.setStatus(status.value());
        var all = HttpHeaders.copyOf(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(answer, all, status);
    }

    private static @Nullable ResponseEntity<Object> answer(Problem problem, WebRequest request) {
        if (isPage(request)) {
            return sendToErrorPage(problem.type().status(), request);
        }
        return new ResponseEntity<>(
                problem.asDetail(), problem.headers(), problem.type().status());
    }

    private static boolean isPage(WebRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
    }

    private static @Nullable ResponseEntity<Object> sendToErrorPage(HttpStatusCode status, WebRequest request) {
        var response = request instanceof ServletWebRequest servlet ? servlet.getResponse() : null;
        try {
            if (response != null && !response.isCommitted()) {
                response.sendError(status.value());
            }
        } catch (IOException e) {
            log.debug("Nobody is there to see the error page", e);
        }
        return null;
    }
}
