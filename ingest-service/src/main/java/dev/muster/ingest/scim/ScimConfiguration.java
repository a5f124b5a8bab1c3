package dev.muster.ingest.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.service.Caller;
import dev.muster.service.StatelessChains;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;

/// Who may push users and groups: a token with the duty `scim`, or an admin. Errors are SCIM's.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScimSettings.class)
@EnableScheduling
class ScimConfiguration {

    private static final String DUTY = "scim";

    /// Before the chain of everything that needs a token.
    @Bean
    @Order(25)
    SecurityFilterChain scimChain(HttpSecurity http, AuthenticationManager authentication) {
        AuthenticationEntryPoint unauthenticated = (request, response, failure) -> {
            var wrong = failure instanceof OAuth2AuthenticationException;
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, wrong ? "Bearer error=\"invalid_token\"" : "Bearer");
            write(response, HttpStatus.UNAUTHORIZED, "Send Authorization: Bearer with a token of muster.tokens");
        };
        var bearer = new BearerTokenAuthenticationFilter(authentication);
        bearer.setAuthenticationEntryPoint(unauthenticated);
        return StatelessChains.of(http)
                .securityMatcher("/scim/**")
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .anyRequest()
                        .access((caller, _) -> new AuthorizationDecision(mayPush(caller.get()))))
                .addFilter(bearer)
                .exceptionHandling(it -> it.authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler((request, response, failure) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
                            write(response, HttpStatus.FORBIDDEN, "The token needs the duty scim");
                        }))
                .build();
    }

    private static boolean mayPush(Authentication authentication) {
        return authentication.getPrincipal() instanceof Caller caller
                && (caller.isAdmin() || caller.duties().contains(DUTY));
    }

    private static void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        response.setStatus(status.value());
        response.setContentType(ScimController.SCIM_JSON);
        response.getOutputStream()
                .write(ScimErrors.body(status.value(), null, detail).getBytes(UTF_8));
    }
}
