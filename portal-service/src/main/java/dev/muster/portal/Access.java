package dev.muster.portal;

import dev.muster.service.Role;
import dev.muster.service.SecurityRules;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// Who may read, and who sees forms. The catalogue and scorecards are not changed here; what costs more
/// than reading is for those who signed in, and who did what is not for everybody.
@Configuration(proxyBeanMethods = false)
class Access {

    private static final RequestMatcher RESULT =
            PathPatternRequestMatcher.withDefaults().matcher("/api/v1/entities/*/*/scorecards/*");

    /// Styles and icons are open always; the rest when anonymous reading is on.
    @Bean
    SecurityRules reading(PortalSettings settings) {
        return rules -> {
            rules.requestMatchers("/assets/**", "/webjars/**", "/favicon.ico", "/login", "/theme/*")
                    .permitAll();
            rules.requestMatchers(
                            "/exemptions/new",
                            "/attestations/new",
                            "/silences/new",
                            "/dead-letters/replay",
                            "/dead-letters/replays/*")
                    .hasRole(Role.EDITOR.name());
            rules.requestMatchers(HttpMethod.POST, "/teams/*/*/preferences").hasRole(Role.EDITOR.name());
            rules.requestMatchers(
                            "/audit",
                            "/api/v1/audit",
                            "/exports/audit.csv",
                            "/silences",
                            "/messages/waiting",
                            "/teams/*/*/preferences")
                    .hasRole(Role.VIEWER.name());
            rules.requestMatchers(Access::retells).hasRole(Role.VIEWER.name());
            rules.requestMatchers("/account", "/api/v1/me").authenticated();
            rules.requestMatchers(HttpMethod.POST, "/api/v1/rebuilds").hasRole(Role.ADMIN.name());
            if (settings.anonymousRead()) {
                rules.requestMatchers(HttpMethod.GET, "/**").permitAll();
                rules.requestMatchers(HttpMethod.HEAD, "/**").permitAll();
            }
        };
    }

    /// Whether a result is to be made again of what is recorded: only some are at a time, each for minutes,
    /// and a stranger is not to take the turns of those who have to know.
    private static boolean retells(HttpServletRequest request) {
        return RESULT.matches(request)
                && (request.getParameter("asOf") != null || request.getParameter("explain") != null);
    }
}
