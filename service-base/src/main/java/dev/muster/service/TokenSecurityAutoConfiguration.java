package dev.muster.service;

import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// Bearer tokens on everything that a service does not open. No sessions, no cookies, no forms.
///
/// Reading needs a token, changing needs the role editor or admin, unless [SecurityRules] say otherwise.
@AutoConfiguration(
        before = {
            UserDetailsServiceAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class
        },
        after = WebAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({TokenSettings.class, ActingSettings.class, SecuritySettings.class})
@EnableWebSecurity
class TokenSecurityAutoConfiguration {

    @Bean
    Tokens tokens(TokenSettings settings, ActingSettings acting) {
        var tokens = Tokens.of(settings, acting);
        if (tokens.isEmpty()) {
            LoggerFactory.getLogger(TokenSecurityAutoConfiguration.class)
                    .warn("No token is configured (muster.token, muster.tokens): only open paths can be called");
        }
        return tokens;
    }

    /// Filters that are the same for every request need no observation of their own: it cost more than they do.
    @Bean
    @ConditionalOnMissingBean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    @ConditionalOnMissingBean
    AuthenticationManager authenticationManager(Tokens tokens) {
        return new ProviderManager(new OpaqueTokenAuthenticationProvider(tokens));
    }

    @Bean
    @ConditionalOnMissingBean
    RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(Role.ADMIN.name())
                .implies(Role.EDITOR.name())
                .role(Role.EDITOR.name())
                .implies(Role.VIEWER.name())
                .build();
    }

    @Bean
    @ConditionalOnMissingBean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        return firewall;
    }

    /// Probes and metrics, on the management port, are read by machines without tokens; the rest of it is shut.
    @Bean
    @Order(10)
    SecurityFilterChain managementChain(HttpSecurity http) {
        return StatelessChains.of(http)
                .securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(
                        rules -> rules.requestMatchers(EndpointRequest.to("health", "info", "prometheus"))
                                .permitAll()
                                .anyRequest()
                                .denyAll())
                .build();
    }

    /// What is open does not look at tokens at all: a sender may carry a credential here that is meant for a
    /// connection.
    @Bean
    @Order(20)
    SecurityFilterChain openChain(HttpSecurity http, SecuritySettings settings) {
        var paths = settings.openPaths().stream()
                .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
                .toList();
        return StatelessChains.of(http)
                .securityMatcher(paths.isEmpty() ? _ -> false : new OrRequestMatcher(paths))
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .build();
    }

    @Bean
    RoleRules roleRules(ObjectProvider<SecurityRules> more) {
        return new RoleRules(more.orderedStream().toList());
    }

    @Bean
    ProblemRefusals problemRefusals(ProblemWriter problems) {
        return new ProblemRefusals(problems);
    }

    @Bean
    @Order(30)
    SecurityFilterChain tokenChain(
            HttpSecurity http,
            AuthenticationManager authentication,
            RoleRules roles,
            ProblemRefusals refusals,
            ProblemWriter problems) {
        var bearer = new BearerTokenAuthenticationFilter(authentication);
        bearer.setAuthenticationEntryPoint(refusals);
        return StatelessChains.of(http)
                .authorizeHttpRequests(roles::apply)
                .addFilter(bearer)
                .addFilterAfter(new ActingFilter(problems), BearerTokenAuthenticationFilter.class)
                .exceptionHandling(it -> it.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .build();
    }
}
