package dev.muster.portal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.portal.Portal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeTest {

    private static final Portal PORTAL = Portal.shared();

    @Test
    void keepsTheChoiceInACookieAndGoesBack() {
        var answer = PORTAL.get("/theme/dark?back=%2Ffailing%3Ftier%3D1");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/failing?tier=1");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("muster-theme=dark;")
                .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000");
        assertThat(PORTAL.get("/theme/auto").headers().firstValue("Set-Cookie").orElseThrow())
                .contains("Max-Age=0");
    }

    @Test
    void coloursThePageAtTheServer() {
        assertThat(PORTAL.get("/", "Cookie", "muster-theme=dark").body())
                .contains("<html lang=\"en\" data-theme=\"dark\">", "<meta name=\"color-scheme\" content=\"dark\">");
        assertThat(PORTAL.get("/", "Cookie", "muster-theme=light").body()).contains("data-theme=\"light\"");
        assertThat(PORTAL.get("/").body()).doesNotContain("data-theme=");
        assertThat(PORTAL.get("/", "Cookie", "muster-theme=\"><script>").body())
                .doesNotContain("data-theme=", "<script>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example/",
                "%2F%2Fevil.example",
                "/%5Cevil.example",
                "javascript:alert(1)"
            })
    void goesBackToNoOtherHost(String back) {
        assertThat(PORTAL.get("/theme/dark?back=" + back).headers().firstValue("Location"))
                .hasValue("/");
    }

    @Test
    void knowsNoOtherTheme() {
        assertThat(PORTAL.get("/theme/pink").statusCode()).isEqualTo(404);
    }
}
