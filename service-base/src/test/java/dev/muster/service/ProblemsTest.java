package dev.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {

    private static RunningService service;

    @BeforeAll
    static void start() {
        service =
                RunningService.alone(Map.of("muster.security.open-paths", "/open/**", "muster.http.max-body", "1000B"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void answersWithEveryMistake() {
        var answer = service.get("/open/mistakes");
        var body = isProblem(answer, ProblemType.INVALID_CONTENT);
        assertThat(body.path("detail").asString()).isEqualTo("two mistakes");
        assertThat(body.path("errors").toString())
                .isEqualTo(
                        "[{\"file\":\"a.yaml\",\"line\":3,\"column\":7,\"path\":\"spec.rules[0].check\","
                                + "\"message\":\"undeclared reference\"},{\"path\":\"spec.levels\",\"message\":\"is missing\"}]");
    }

    @Test
    void knowsNoSuchPath() {
        isProblem(service.get("/open/nothing"), ProblemType.NOT_FOUND);
    }

    @Test
    void saysWhichMethodsThereAre() {
        var answer = service.post("/open/number", "text/plain", "");
        isProblem(answer, ProblemType.METHOD_NOT_ALLOWED);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void readsNoOtherType() {
        isProblem(service.post("/open/things", "text/csv", "a,b"), ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void readsNothingCompressed() {
        isProblem(
                service.post("/open/things", "application/json", "{}", "Content-Encoding", "gzip"),
                ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void givesNoOtherType() {
        isProblem(service.get("/open/me", "Accept", "image/png"), ProblemType.NOT_ACCEPTABLE);
    }

    @Test
    void takesNoBodyThatSaysItIsTooLarge() {
        var answer = service.post("/open/bytes", "application/octet-stream", "x".repeat(1001));
        assertThat(isProblem(answer, ProblemType.BODY_TOO_LARGE).path("detail").asString())
                .isEqualTo("A body may have 1000 bytes at most");
        assertThat(service.post("/open/bytes", "application/octet-stream", "x".repeat(1000))
                        .body())
                .isEqualTo("1000");
    }

    @Test
    void takesNoBodyThatTurnsOutToBeTooLarge() {
        isProblem(service.postChunked("/open/bytes", new byte[1001]), ProblemType.BODY_TOO_LARGE);
        assertThat(service.postChunked("/open/bytes", new byte[1000]).body()).isEqualTo("1000");
        var json = service.send(service.to("/open/things")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(
                        ("{\"name\":\"" + "x".repeat(2000)).getBytes(java.nio.charset.StandardCharsets.UTF_8)))));
        isProblem(json, ProblemType.BODY_TOO_LARGE);
    }

    @Test
    void saysWhereTheBodyIsNotJson() {
        var body = isProblem(
                service.post("/open/things", "application/json", "{\n\"name\": oops}"), ProblemType.MALFORMED_REQUEST);
        assertThat(body.path("errors").path(0).path("line").asInt()).isEqualTo(2);
    }

    @Test
    void readsEveryBodyWithinTheLimits() {
        var twice = service.post("/open/things", "application/json", "{\"name\":\"a\",\"name\":\"b\",\"count\":1}");
        isProblem(twice, ProblemType.MALFORMED_REQUEST);
        isProblem(service.post("/open/json", "application/json", "[".repeat(65)), ProblemType.MALFORMED_REQUEST);
        isProblem(service.post("/open/things", "application/json", ""), ProblemType.MALFORMED_REQUEST);
    }

    @Test
    void listsWhatIsInvalid() {
        var body = isProblem(
                service.post("/open/things", "application/json", "{\"name\":\" \",\"count\":0}"),
                ProblemType.INVALID_CONTENT);
        assertThat(body.path("errors").values())
                .extracting(error -> error.path("path").asString())
                .containsExactlyInAnyOrder("name", "count");
    }

    @Test
    void namesTheParameterThatIsWrong() {
        isProblem(service.get("/open/number"), ProblemType.MALFORMED_REQUEST);
        isProblem(service.get("/open/number?n=x"), ProblemType.MALFORMED_REQUEST);
    }

    @Test
    void tellsNothingOfABugButItsNumber(CapturedOutput output) {
        var answer = service.get("/open/broken");
        var body = isProblem(answer, ProblemType.INTERNAL_ERROR);
        assertThat(answer.body()).doesNotContain("hunter2", "IllegalState");
        assertThat(output).contains("Incident " + body.path("incident").asString());
    }

    @Test
    void asksToComeAgainWhenKafkaIsNotThere() {
        var answer = service.get("/open/kafka");
        isProblem(answer, ProblemType.UNAVAILABLE);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    }

    @Test
    void answersSoOutsideOfSpringMvcToo() {
        isProblem(service.get("/open/a;b/c"), ProblemType.MALFORMED_REQUEST);
        isProblem(service.get("/open/%252F"), ProblemType.MALFORMED_REQUEST);
    }

    @Test
    void answersSoWhereTomcatRefuses() {
        isProblem(service.get("/open/%ff"), ProblemType.MALFORMED_REQUEST);
        isProblem(service.get("/open/number", "X-Large", "x".repeat(20_000)), ProblemType.MALFORMED_REQUEST);
    }

    @Test
    void showsAPageToWhoAsksForOne() {
        var answer = service.get("/open/nothing", "Accept", "text/html,*/*;q=0.8");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    }

    @Test
    void keepsASlashWithinAName() {
        assertThat(service.get("/open/things/component:default%2Fpayments/parts")
                        .body())
                .isEqualTo("{\"ref\":\"component:default/payments\"}");
    }

    @Test
    void letsNoStrangerWriteALineOfTheLog(CapturedOutput output) {
        service.post("/open/log", "text/plain", "x\r\n2026-03-01T00:00:00Z ERROR forged\nend");
        assertThat(output.getOut().lines().filter(line -> line.contains("forged")))
                .singleElement()
                .asString()
                .startsWith("    2026-03-01T00:00:00Z ERROR forged");
    }

    @Test
    void haveNamesThatStay() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::slug))
                .containsExactly(
                        "malformed-request",
                        "unauthenticated",
                        "forbidden",
                        "not-found",
                        "method-not-allowed",
                        "not-acceptable",
                        "conflict",
                        "body-too-large",
                        "unsupported-media-type",
                        "invalid-content",
                        "too-many-requests",
                        "internal-error",
                        "unavailable");
        assertThat(ProblemType.values()).allSatisfy(type -> {
            assertThat(type.title()).isNotBlank();
            assertThat(type.advice()).endsWith(".");
        });
    }

    private static JsonNode isProblem(HttpResponse<String> answer, ProblemType type) {
        assertThat(answer.statusCode())
                .as(answer.body())
                .isEqualTo(type.status().value());
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(found -> assertThat(found).startsWith("application/problem+json"));
        var body = JsonMapper.shared().readTree(answer.body());
        assertThat(body.path("type").asString()).isEqualTo("https://muster.dev/problems/" + type.slug());
        assertThat(body.path("title").asString()).isEqualTo(type.title());
        assertThat(body.path("status").asInt()).isEqualTo(answer.statusCode());
        return body;
    }
}
