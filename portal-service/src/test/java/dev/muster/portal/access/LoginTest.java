package dev.muster.portal.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Provider;
import dev.muster.portal.Portal;
import dev.muster.portal.PortalApplication;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;

/// Signing in against a real authorisation server, with nothing readable for strangers.
class LoginTest {

    private static final String CALLBACK = "/login/oauth2/code/oidc";
    private static final String TOKEN = "a-test-token-of-some-length";
    private static final String COOKIE = "muster-session";

    private static Provider provider;
    private static Portal portal;
    private static final AtomicReference<Duration> LATER = new AtomicReference<>(Duration.ZERO);

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        provider = Provider.start();
        portal = Portal.start(
                TestBroker.shared(),
                TestPostgres.shared().newDatabase(),
                Map.ofEntries(
                        Map.entry("spring.cloud.stream.bindings.projectReadiness-in-0.consumer.auto-startup", "false"),
                        Map.entry("spring.cloud.stream.bindings.projectTrail-in-0.consumer.auto-startup", "false"),
                        Map.entry("muster.portal.anonymous-read", "false"),
                        Map.entry("muster.portal.oidc.issuer", provider.issuer()),
                        Map.entry("muster.portal.oidc.name", "Acme ID"),
                        Map.entry("muster.portal.oidc.client-id", Provider.CLIENT),
                        Map.entry("muster.portal.oidc.client-secret", Provider.SECRET),
                        Map.entry("muster.portal.oidc.viewers", "staff"),
                        Map.entry("muster.portal.oidc.editors", "developers"),
                        Map.entry("muster.portal.oidc.admins", "platform")),
                PortalApplication.class,
                Clock.class);
        provider.register(portal.url() + CALLBACK);
        provider.groups("anna", "staff", "developers", "payments");
        provider.groups("ben", "staff");
        provider.groups("carl", "guests");
    }

    @AfterAll
    static void stop() {
        portal.close();
        provider.close();
    }

    @AfterEach
    void tellTheTruthAgain() {
        LATER.set(Duration.ZERO);
        provider.lie("nonce", null);
        provider.lie("aud", null);
        provider.lie("exp", null);
        provider.lie("nbf", null);
        provider.lie("iss", null);
        provider.forge(null);
        provider.signWithAnotherKey(false);
    }

    @Test
    void signsInAndComesBackToThePageThatWasAskedFor() {
        var page = signIn("anna", "/activity");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getPath()).isEqualTo("/activity");
        assertThat(browser.visited())
                .anySatisfy(it -> assertThat(it.toString())
                        .startsWith(provider.issuer() + "/oauth2/authorize")
                        .contains("state=", "nonce=", "code_challenge_method=S256"));
        assertThat(me().body())
                .contains("\"name\":\"anna\"", "\"role\":\"editor\"", "group:default/payments")
                .doesNotContain("admin");
        assertThat(browser.open(portal.url() + "/account").body()).contains("anna", "editor", "Sign out");
    }

    @Test
    void lendsNoBadgeToSharedCachesWhenStrangersMayNotRead() {
        var badge = portal.get("/badges/component:default/x/y.svg", "Authorization", "Bearer " + TOKEN);

        assertThat(badge.statusCode()).isEqualTo(200);
        assertThat(badge.headers().firstValue("Cache-Control").orElseThrow())
                .contains("max-age=60", "private")
                .doesNotContain("public");
    }

    @Test
    void letsAStrangerSeeNothing() {
        assertThat(browser.once(URI.create(portal.url() + "/")).headers().firstValue("Location"))
                .hasValueSatisfying(it -> assertThat(it).endsWith("/login"));
        assertThat(portal.get("/").statusCode()).isEqualTo(401);
        assertThat(portal.get("/api/v1/entities").statusCode()).isEqualTo(401);
        assertThat(portal.get("/api/v1/me").statusCode()).isEqualTo(401);
        var login = portal.get("/login", "Accept", "text/html").body();
        assertThat(login).contains("Acme ID", "./muster up", "MUSTER_TOKEN").doesNotContain("Everybody may read");
    }

    @Test
    void letsNobodyInWithoutARole() {
        var page = signIn("carl", "/");

        assertThat(page.body()).contains("have no role here");
        assertThat(me().statusCode()).isEqualTo(401);
    }

    @Test
    void letsAViewerReadAndChangeNothing() {
        signIn("ben", "/");

        assertThat(me().body()).contains("\"role\":\"viewer\"");
        assertThat(browser.submit(account(), "/api/v1/backtests", Map.of()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void takesNoAnswerThatItDidNotAskFor() {
        var callback = callbackOf("anna");
        var forged = URI.create(callback.toString().replaceFirst("state=[^&]+", "state=forged"));

        assertThat(browser.follow(browser.once(forged)).body()).contains("Signing in failed");
        assertThat(me().statusCode()).isEqualTo(401);

        // The right answer in the browser of somebody else.
        var other = new Browser();
        assertThat(other.follow(other.once(callback)).body()).contains("Signing in failed");
        assertThat(other.once(URI.create(portal.url() + "/api/v1/me")).statusCode())
                .isEqualTo(302);
    }

    @Test
    void takesNoTokenOfAnotherLogin() {
        provider.lie("nonce", "of-another-login");

        assertThat(signIn("anna", "/").body()).contains("Signing in failed");
        assertThat(me().statusCode()).isEqualTo(401);
    }

    @Test
    void takesNoTokenForSomebodyElse() {
        provider.lie("aud", java.util.List.of("another-client"));

        assertThat(signIn("anna", "/").body()).contains("Signing in failed");
        assertThat(me().statusCode()).isEqualTo(401);
    }

    @Test
    void takesNoTokenOfAnotherKey() {
        provider.signWithAnotherKey(true);

        assertThat(signIn("anna", "/").body()).contains("Signing in failed");
        assertThat(me().statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(Provider.Forgery.class)
    void takesNoForgedToken(Provider.Forgery forgery) {
        provider.forge(forgery);

        assertThat(signIn("anna", "/").body()).contains("Signing in failed");
        assertThat(me().statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"exp,-PT10M", "nbf,PT10M"})
    void takesNoTokenBeforeOrAfterItsTime(String claim, Duration later) {
        provider.lie(claim, Instant.now().plus(later));

        assertThat(signIn("anna", "/").body()).contains("Signing in failed");
        assertThat(me().statusCode()).isEqualTo(401);
    }

    @Test
    void takesNoTokenOfAnotherIssuer() {
        provider.lie("iss", "http://localhost:1");

        assertThat(signIn("anna", "/").body()).contains("Signing in failed");
        assertThat(me().statusCode()).isEqualTo(401);
    }

    @Test
    void asksAgainWhenTheSessionIsOver() {
        signIn("anna", "/");
        LATER.set(Duration.ofHours(8).plusSeconds(60));

        assertThat(me().statusCode()).isEqualTo(401);
        assertThat(browser.once(URI.create(portal.url() + "/")).statusCode()).isEqualTo(302);
    }

    @Test
    void givesEachLoginASessionOfItsOwn() {
        browser.open(portal.url() + "/login");
        var before = browser.cookie(COOKIE);
        signIn("anna", "/");

        assertThat(browser.cookie(COOKIE)).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void takesNoFormThatAStrangerMade() {
        signIn("anna", "/");

        var forged = browser.post(URI.create(portal.url() + "/logout"), Map.of());
        var change = browser.post(URI.create(portal.url() + "/api/v1/backtests"), Map.of());

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(change.statusCode()).isEqualTo(403);
        assertThat(me().statusCode()).isEqualTo(200);
        // Nor makes a stranger somebody sign in as whom the stranger likes.
        assertThat(new Browser()
                        .post(URI.create(portal.url() + "/login"), Map.of("token", TOKEN))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void signsOut() {
        signIn("anna", "/");

        var page = browser.submit(account(), "/logout", Map.of());

        assertThat(page.body()).contains("You are signed out", provider.issuer() + "/connect/logout");
        assertThat(me().statusCode()).isEqualTo(401);
    }

    @Test
    void takesATokenInTheFormToo() {
        var wrong = browser.submit(browser.open(portal.url() + "/login"), "/login", Map.of("token", "not-" + TOKEN));
        assertThat(wrong.body()).contains("does not know this token");

        browser.submit(browser.open(portal.url() + "/login"), "/login", Map.of("token", TOKEN));

        assertThat(me().body()).contains("\"name\":\"admin\"", "\"role\":\"admin\"");
    }

    @Test
    void goesOnTakingTokensOfPrograms() {
        assertThat(portal.get("/api/v1/me", "Authorization", "Bearer " + TOKEN).body())
                .contains("\"name\":\"admin\"");
        assertThat(portal.get("/api/v1/me", "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(401);
        var answer = portal.get("/", "Authorization", "Bearer " + TOKEN);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void hardensCookiesAndPages() {
        var login = portal.get("/login", "Accept", "text/html").headers();

        assertThat(login.firstValue("Set-Cookie").orElseThrow()).contains(COOKIE, "HttpOnly", "SameSite=Lax", "Path=/");
        assertThat(login.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(login.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(login.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(login.firstValue("Permissions-Policy")).isPresent();
        assertThat(login.firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'", "script-src 'self'", "base-uri 'none'")
                .doesNotContain("unsafe");
    }

    private HttpResponse<String> signIn(String name, String path) {
        return browser.follow(browser.once(callbackOf(name, path)));
    }

    private URI callbackOf(String name) {
        return callbackOf(name, "/");
    }

    /// The address to which the provider sends the browser once it knows who it is, not yet asked for.
    private URI callbackOf(String name, String path) {
        var choice = browser.open(portal.url() + path);
        assertThat(choice.body()).contains("Sign in with", "/oauth2/authorization/oidc");
        var form = browser.open(portal.url() + "/oauth2/authorization/oidc");
        var known = browser.fill(form, "/login", Map.of("username", name, "password", Provider.PASSWORD));
        return browser.stopBefore(known, CALLBACK);
    }

    private HttpResponse<String> account() {
        return browser.open(portal.url() + "/account");
    }

    private HttpResponse<String> me() {
        return browser.send(HttpRequest.newBuilder(URI.create(portal.url() + "/api/v1/me"))
                .header("Accept", "application/json")
                .build());
    }

    /// Its time goes on when a test says so. No component: other portals would find it.
    static class Clock {

        @Bean
        InstantSource clock() {
            return () -> Instant.now().plus(LATER.get());
        }
    }
}
