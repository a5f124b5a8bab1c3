package dev.muster.portal;

import dev.muster.service.Role;
import dev.muster.service.SecurityRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/// Who may read, and who sees forms. The catalogue and scorecards are not changed here; what costs more than reading
/// needs the role that
/// changes need, and who did what is not for everybody.
@Configuration(proxyBeanMethods = false)
class Access {

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
            rules.requestMatchers("/account", "/api/v1/me").authenticated();
            rules.requestMatchers(HttpMethod.POST, "/api/v1/rebuilds").hasRole(Role.ADMIN.name());
            if (settings.anonymousRead()) {
                rules.requestMatchers(HttpMethod.GET, "/**").permitAll();
                rules.requestMatchers(HttpMethod.HEAD, "/**").permitAll();
            }
        };
    }
}
