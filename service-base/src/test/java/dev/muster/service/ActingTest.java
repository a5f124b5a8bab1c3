package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One token may act for others; everybody else who says so is a forger.
class ActingTest {

    private static final String ADMIN = "the-admins-token";
    private static final String ACTING = "the-acting-token-of-some-length";
    private static final Caller JANE = new Caller(
            "jané of Ünternehmen", Set.of(Role.EDITOR), Set.of("group:default/payments"), Set.of("security"));
    private static final Caller VICTOR = new Caller("victor", Set.of(Role.VIEWER), Set.of(), Set.of());
    private static final Caller NOBODY = new Caller("nemo", Set.of(), Set.of(), Set.of());
    private static final Caller ROOT = new Caller("root", Set.of(Role.ADMIN), Set.of(), Set.of());

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.alone(
                Map.of("muster.token", ADMIN, "muster.acting.token", ACTING, "muster.security.open-paths", "/open/**"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void isThePersonWithTheirTeamsAndDuties() {
        assertThat(as(ACTING, "/caller", JANE).body()).isEqualTo("""
                {"admin":false,"duties":["security"],"groups":["group:default/payments"],"name":"jané of Ünternehmen"}""");
        assertThat(as(ACTING, "/me", VICTOR).body()).isEqualTo("{\"name\":\"victor\"}");
    }

    @Test
    void mayWhatThePersonMay() {
        assertThat(post(VICTOR)).isEqualTo(403);
        assertThat(post(JANE)).isEqualTo(200);
        assertThat(as(ACTING, "/me", NOBODY).statusCode()).isEqualTo(403);
        assertThat(as(ACTING, "/admin/me", JANE).statusCode()).isEqualTo(403);
        assertThat(as(ACTING, "/admin/me", ROOT).statusCode()).isEqualTo(200);
    }

    @Test
    void isAForgeryWithAnyOtherToken() {
        for (var person : List.of(VICTOR, ROOT, new Caller("admin", Set.of(Role.ADMIN), Set.of(), Set.of()))) {
            var answer = as(ADMIN, "/me", person);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).contains("acts for nobody else");
        }
        assertThat(as("guessed", "/me", ROOT).statusCode()).isEqualTo(401);
        assertThat(service.get("/me", ActsFor.HEADER, ActsFor.write(ROOT)).statusCode())
                .isEqualTo(401);
        assertThat(service.get("/open/me", ActsFor.HEADER, ActsFor.write(ROOT)).body())
                .isEqualTo("{\"name\":\"nobody\"}");
    }

    @Test
    void mayNothingByItself() {
        var answer = service.get("/me", "Authorization", "Bearer " + ACTING);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("say for whom");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "not json",
                "{\"name\":\"\",\"roles\":[\"ADMIN\"],\"groups\":[],\"duties\":[]}",
                "{\"name\":\"a\\nb\",\"roles\":[\"ADMIN\"],\"groups\":[],\"duties\":[]}",
                "{\"name\":\"a\",\"roles\":[\"KING\"],\"groups\":[],\"duties\":[]}",
                "{\"name\":\"a\",\"roles\":[null],\"groups\":[],\"duties\":[]}",
                "{\"name\":\"a\",\"roles\":[\"ADMIN\"],\"groups\":[]}"
            })
    void takesNoPersonThatItCannotRead(String json) {
        var header = Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
        assertThat(ask(ACTING, "/me", header).statusCode()).isEqualTo(400);
        assertThat(ask(ACTING, "/me", "%%%").statusCode()).isEqualTo(400);
    }

    @Test
    void takesNoSecondPerson() {
        var answer = service.get(
                "/me",
                "Authorization",
                "Bearer " + ACTING,
                ActsFor.HEADER,
                ActsFor.write(VICTOR),
                ActsFor.HEADER,
                ActsFor.write(ROOT));
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void takesAPersonOfManyTeams() {
        var groups = new java.util.HashSet<String>();
        for (int i = 0; i < 300; i++) {
            groups.add("group:default/a-team-with-a-name-of-some-length-" + i);
        }
        assertThat(as(ACTING, "/me", new Caller("busy", Set.of(Role.VIEWER), groups, Set.of()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void hasATokenOfItsOwn() {
        assertThatThrownBy(() -> Tokens.of(new TokenSettings(ACTING, List.of()), new ActingSettings(ACTING)))
                .hasMessageContaining("muster.acting.token must be none of");
    }

    private static HttpResponse<String> as(String token, String path, Caller person) {
        return ask(token, path, ActsFor.write(person));
    }

    private static HttpResponse<String> ask(String token, String path, String header) {
        return service.get(path, "Authorization", "Bearer " + token, ActsFor.HEADER, header);
    }

    private static int post(Caller person) {
        return service.post(
                        "/things",
                        "application/json",
                        "{\"name\":\"a\",\"count\":1}",
                        "Authorization",
                        "Bearer " + ACTING,
                        ActsFor.HEADER,
                        ActsFor.write(person))
                .statusCode();
    }
}
