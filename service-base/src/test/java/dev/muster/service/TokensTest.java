package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final int BROKEN_OFF = 0;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        var properties = new LinkedHashMap<String, String>();
        properties.put("muster.token", "the-admins-token");
        properties.put("muster.security.open-paths", "/open/**");
        for (var role : new String[] {"viewer", "editor"}) {
            var n = role.equals("viewer") ? 0 : 1;
            var digest = MessageDigest.getInstance("SHA-256").digest(("the-" + role + "s-token").getBytes(UTF_8));
            properties.put("muster.tokens[" + n + "].name", "some-" + role);
            properties.put("muster.tokens[" + n + "].sha256", HexFormat.of().formatHex(digest));
            properties.put("muster.tokens[" + n + "].roles", role);
        }
        properties.put("muster.tokens[1].groups", "group:default/payments,group:default/platform");
        properties.put("muster.tokens[1].duties", "security");
        service = RunningService.alone(properties);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void areNeededForWhatIsNotOpen() {
        var answer = service.get("/me");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("https://muster.dev/problems/unauthenticated");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer the-admins-toke",
                "Bearer the-admins-token2",
                "Bearer",
                "Bearer ",
                "Basic YWRtaW46YWRtaW4=",
                "the-admins-token",
                "Bearer \"the-admins-token\"",
                "Bearer 0000000000000000000000000000000000000000000000000000000000000000"
            })
    void haveToBeRight(String authorization) {
        var answer = service.get("/me", "Authorization", authorization);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("Bearer"));
        assertThat(answer.body()).contains("unauthenticated").doesNotContain("the-admins");
    }

    /// No token of ours is a JSON Web Token: whatever such a one says of itself counts for nothing.
    @ParameterizedTest
    @CsvSource({
        "{\"alg\":\"none\"}",
        "{\"alg\":\"HS256\";\"kid\":\"the-key\"}",
        "{\"alg\":\"RS256\";\"jku\":\"http://localhost:1/keys\"}",
        "{\"alg\":\"RS256\";\"kid\":\"../../../../dev/null\"}"
    })
    void areNothingThatSaysWhoItIs(String header) {
        var claims = "{\"sub\":\"admin\",\"name\":\"admin\",\"roles\":[\"admin\"],\"exp\":4102444800}";
        var coder = Base64.getUrlEncoder().withoutPadding();
        var token = coder.encodeToString(header.replace(';', ',').getBytes(UTF_8)) + "."
                + coder.encodeToString(claims.getBytes(UTF_8)) + ".";

        assertThat(service.get("/me", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
        assertThat(service.get("/me", "Authorization", "Bearer " + token + "c2lnbmF0dXJl")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void areRefusedHoweverLargeTheyAre() {
        assertThat(statusOf("Bearer " + "x".repeat(20_000))).isEqualTo(401);
        assertThat(statusOf("Bearer " + "x".repeat(1_000_000))).isIn(400, 431, BROKEN_OFF);
        assertThat(as("admin", "/me").statusCode()).as("the service goes on").isEqualTo(200);
    }

    /// A client that is still writing when the answer comes may lose it with the connection.
    private static int statusOf(String authorization) {
        try {
            return service.get("/me", "Authorization", authorization).statusCode();
        } catch (UncheckedIOException _) {
            return BROKEN_OFF;
        }
    }

    @Test
    void sayWhoCalls() {
        assertThat(as("admin", "/me").body()).isEqualTo("{\"name\":\"admin\"}");
        assertThat(as("viewer", "/me").body()).isEqualTo("{\"name\":\"some-viewer\"}");
    }

    @Test
    void sayWhichTeamsAndDutiesTheirCallerHas() {
        assertThat(as("editor", "/caller").body()).isEqualTo("""
                {"admin":false,"duties":["security"],"groups":["group:default/payments","group:default/platform"],"name":"some-editor"}""");
        assertThat(as("admin", "/caller").body()).isEqualTo("""
                {"admin":true,"duties":[],"groups":[],"name":"admin"}""");
    }

    @Test
    void mayReadOrChangeByTheirRole() {
        assertThat(post("viewer")).isEqualTo(403);
        assertThat(post("editor")).isEqualTo(200);
        assertThat(post("admin")).isEqualTo(200);
    }

    @Test
    void areHeldToWhatTheServiceAsksFor() {
        var refused = as("editor", "/admin/me");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("https://muster.dev/problems/forbidden");
        assertThat(as("admin", "/admin/me").statusCode()).isEqualTo(200);
    }

    @Test
    void areNotLookedAtWhereItIsOpen() {
        assertThat(service.get("/open/me").body()).isEqualTo("{\"name\":\"nobody\"}");
        assertThat(service.get("/open/me", "Authorization", "Bearer of-a-connection")
                        .body())
                .isEqualTo("{\"name\":\"nobody\"}");
    }

    @Test
    void areNotNeededForProbesAndMetricsOnTheirOwnPort() {
        assertThat(service.management("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(service.management("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
        assertThat(service.get("/actuator/health").statusCode()).isEqualTo(401);
        assertThat(service.get("/.well-known/oauth-protected-resource").statusCode())
                .isEqualTo(401);
    }

    @Test
    void openNothingElseOfTheManagementPort() {
        assertThat(service.management("/actuator/env").statusCode()).isIn(401, 403, 404);
        assertThat(service.management("/actuator/heapdump").statusCode()).isIn(401, 403, 404);
        assertThat(service.management("/").statusCode()).isIn(401, 403, 404);
    }

    private java.net.http.HttpResponse<String> as(String role, String path) {
        return service.get(path, "Authorization", "Bearer the-" + role + "s-token");
    }

    private int post(String role) {
        return service.send(service.to("/things")
                        .header("Authorization", "bearer the-" + role + "s-token")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"a\",\"count\":1}")))
                .statusCode();
    }
}
