package dev.muster.portal.page;

import dev.muster.portal.PortalSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// `/theme/{theme}`: keeps in a cookie whether pages are light, dark, or as the system of the reader has it (`auto`).
/// The page comes coloured from the server, so nothing flashes and no script is needed.
@Controller
class Theme {

    static final String COOKIE = "muster-theme";

    private static final Set<String> CHOSEN = Set.of("light", "dark");

    private final boolean secure;

    Theme(PortalSettings settings) {
        this.secure = settings.isReachedByTls();
    }

    /// What a cookie says; null for what the system of the reader has.
    static @Nullable String of(@Nullable String cookie) {
        return cookie != null && CHOSEN.contains(cookie) ? cookie : null;
    }

    /// @param back the page to go on with, on this host
    @GetMapping("/theme/{theme}")
    ResponseEntity<Void> choose(@PathVariable String theme, @RequestParam(defaultValue = "/") String back) {
        if (of(theme) == null && !theme.equals("auto")) {
            throw Unknown.exception("theme; there are auto, light and dark");
        }
        var cookie = ResponseCookie.from(COOKIE, theme)
                .path("/")
                .maxAge(theme.equals("auto") ? Duration.ZERO : Duration.ofDays(365))
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .build();
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .location(here(back))
                .build();
    }

    /// An address of this host, whatever was asked for.
    private static URI here(String back) {
        try {
            var asked = URI.create(back);
            boolean ours = asked.getScheme() == null
                    && asked.getRawAuthority() == null
                    && back.startsWith("/")
                    && !back.startsWith("//");
            return ours ? asked : URI.create("/");
        } catch (IllegalArgumentException _) {
            return URI.create("/");
        }
    }
}
