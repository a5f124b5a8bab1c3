package dev.muster.ingest.webhook;

import dev.muster.ingest.settings.IngestSettings;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The answers of the webhook path as bytes, made once: equal refusals are equal to the last byte.
@Component
final class Answers {

    private static final String RETRY_AFTER_SECONDS = "5";

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Refusal(int status, byte[] body, boolean closes, boolean comeBack) {}

    private final Map<Answer, Refusal> refusals = new EnumMap<>(Answer.class);
    private final JsonMapper json;

    Answers(IngestSettings settings, JsonMapper json) {
        this.json = json;
        put(
                Answer.UNAUTHENTICATED,
                Problem.of(ProblemType.UNAUTHENTICATED, "No connection takes this delivery"),
                false,
                false);
        put(
                Answer.TOO_LARGE,
                Problem.of(
                        ProblemType.BODY_TOO_LARGE,
                        "A body may have " + settings.maxDelivery().toBytes() + " bytes at most"),
                true,
                false);
        put(Answer.UNSUPPORTED_TYPE, Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, null), false, false);
        put(
                Answer.TOO_SLOW,
                Problem.of(
                        ProblemType.UNAVAILABLE,
                        "The body did not arrive within "
                                + settings.bodyWithin().toSeconds() + " s"),
                true,
                true);
        put(Answer.OVERLOADED, Problem.of(ProblemType.UNAVAILABLE, "Too much is under way"), true, true);
        put(Answer.NOT_JOURNALLED, Problem.of(ProblemType.UNAVAILABLE, "The delivery could not be kept"), false, true);
    }

    private void put(Answer answer, Problem problem, boolean closes, boolean comeBack) {
        var body = json.writeValueAsBytes(problem.asDetail());
        refusals.put(answer, new Refusal(problem.type().status().value(), body, closes, comeBack));
    }

    /// Says that the delivery is durable, with the status that its sender wants to hear.
    Answer accept(HttpServletResponse response, int status, String deliveryId) throws IOException {
        if (status == HttpServletResponse.SC_NO_CONTENT) {
            response.setStatus(status);
            return Answer.ACCEPTED;
        }
        tell(response, status, Map.of("deliveryId", deliveryId));
        return Answer.ACCEPTED;
    }

    void tell(HttpServletResponse response, int status, Map<String, String> body) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        write(response, json.writeValueAsBytes(body));
    }

    Answer refuse(HttpServletResponse response, Answer answer) throws IOException {
        var refusal = refusals.get(answer);
        if (refusal == null) {
            throw new IllegalArgumentException(answer + " is no refusal");
        }
        response.setStatus(refusal.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (refusal.closes()) {
            response.setHeader("Connection", "close");
        }
        if (refusal.comeBack()) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        write(response, refusal.body());
        if (refusal.closes()) {
            response.flushBuffer(); // or the server first waits for the rest of the body
        }
        return answer;
    }

    private static void write(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
