package dev.muster.portal.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.Portal;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestPostgres;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecureCookiesTest {

    @Test
    void keepsCookiesFromEverythingButTlsWherePeopleReachThePortalByIt() {
        try (var portal = start("https://muster.example.org")) {
            for (var path : new String[] {"/login", "/theme/dark"}) {
                assertThat(portal.get(path, "Accept", "text/html").headers().allValues("Set-Cookie"))
                        .as(path)
                        .isNotEmpty()
                        .allMatch(it -> it.contains("; Secure") && it.contains("; HttpOnly"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://localhost:8080"})
    void givesCookiesThatComeAlongWherePeopleReachItWithoutTls(String url) {
        try (var portal = start(url)) {
            for (var path : new String[] {"/login", "/theme/dark"}) {
                assertThat(portal.get(path, "Accept", "text/html").headers().allValues("Set-Cookie"))
                        .as(path)
                        .isNotEmpty()
                        .noneMatch(it -> it.contains("Secure"));
            }
        }
    }

    private static Portal start(String url) {
        var settings = new HashMap<>(Map.of(
                "spring.cloud.stream.bindings.projectReadiness-in-0.consumer.auto-startup", "false",
                "spring.cloud.stream.bindings.projectTrail-in-0.consumer.auto-startup", "false",
                "muster.portal.anonymous-read", "false"));
        if (!url.isEmpty()) {
            settings.put("muster.portal.url", url);
        }
        return Portal.start(TestBroker.shared(), TestPostgres.shared().newDatabase(), settings);
    }
}
