package dev.muster.portal;

import dev.muster.service.SecurityRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/// Who may read. Nothing can be changed here; what costs more than reading needs the role that changes need.
@Configuration(proxyBeanMethods = false)
class Access {

    /// Styles and icons are open always; the rest when anonymous reading is on.
    @Bean
    SecurityRules reading(PortalSettings settings) {
        return rules -> {
            rules.requestMatchers("/assets/**", "/webjars/**", "/favicon.ico").permitAll();
            if (settings.anonymousRead()) {
                rules.requestMatchers(HttpMethod.GET, "/**").permitAll();
                rules.requestMatchers(HttpMethod.HEAD, "/**").permitAll();
            }
        };
    }
}
