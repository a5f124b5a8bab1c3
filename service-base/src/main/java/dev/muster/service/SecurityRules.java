package dev.muster.service;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/// What a service asks of callers beyond the common rules, as a bean. Comes before them: the first rule that fits
/// counts.
@FunctionalInterface
public interface SecurityRules {

    /// Adds rules such as `rules.requestMatchers("/v1/admin/**").hasRole(Role.ADMIN.name())`.
    void apply(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules);
}
