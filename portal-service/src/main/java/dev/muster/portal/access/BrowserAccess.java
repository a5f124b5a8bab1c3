package dev.muster.portal.access;

import dev.muster.portal.PortalSettings;
import dev.muster.service.ProblemRefusals;
import dev.muster.service.RoleRules;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.DelegatingAuthenticationEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// Requests without the header `Authorization`, which are those of browsers: a session, made by the identity
/// provider or by a token, and the same roles as for tokens.
///
/// **Promises.** A session is made by signing in only, or to get there. Whatever changes something and comes
/// with a session's cookie needs the token against forged requests (`_csrf` of a form, or the header
/// `X-CSRF-TOKEN`). A browser is asked to sign in where a program gets a problem.
@Configuration(proxyBeanMethods = false)
class BrowserAccess {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String LOGIN = "/login";

    @Bean
    @ConditionalOnProperty("muster.portal.oidc.issuer")
    IdentityProvider identityProvider(PortalSettings settings) {
        return new IdentityProvider(settings.oidc(), settings.url());
    }

    /// Secure wherever people reach the portal by TLS, even when a balancer before it ends that.
    @Bean
    ServletContextInitializer secureCookies(PortalSettings settings) {
        return context -> {
            if (settings.isReachedByTls()) {
                context.getSessionCookieConfig().setSecure(true);
            }
        };
    }

    @Bean
    @Order(25)
    SecurityFilterChain browserChain(
            HttpSecurity http,
            PortalSettings settings,
            Optional<IdentityProvider> provider,
            OpaqueTokenIntrospector tokens,
            RoleRules roles,
            ProblemRefusals refusals,
            InstantSource clock) {
        var contexts = new HttpSessionSecurityContextRepository();
        var start = new SessionStart(contexts, clock);
        var asked = asked();
        start.setRequestCache(asked);
        RequestMatcher page = BrowserAccess::wantsPage;
        http.securityMatcher(request -> request.getHeader(HttpHeaders.AUTHORIZATION) == null)
                .securityContext(it -> it.securityContextRepository(contexts))
                .requestCache(it -> it.requestCache(asked))
                .addFilterAfter(new SessionEnd(settings.oidc().session(), clock), SecurityContextHolderFilter.class)
                .csrf(it -> it.requireCsrfProtectionMatcher(BrowserAccess::canBeForged))
                .httpBasic(AbstractHttpConfigurer::disable)
                .headers(it -> it.permissionsPolicyHeader(
                                policy -> policy.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
                        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN)))
                .authorizeHttpRequests(roles::apply)
                .logout(it -> it.logoutUrl("/logout").logoutSuccessUrl(LOGIN + "?signed-out"))
                .exceptionHandling(it -> it.authenticationEntryPoint(DelegatingAuthenticationEntryPoint.builder()
                                .addEntryPointFor(new LoginUrlAuthenticationEntryPoint(LOGIN), page)
                                .defaultEntryPoint(refusals)
                                .build())
                        .accessDeniedHandler(refused(page, refusals)));
        if (settings.tokenLogin()) {
            http.authenticationProvider(new TokenLogin(tokens, clock))
                    .formLogin(it -> it.loginPage(LOGIN)
                            .passwordParameter("token")
                            .successHandler(start)
                            .failureUrl(LOGIN + "?wrong-token"));
        } else {
            http.formLogin(AbstractHttpConfigurer::disable);
        }
        provider.ifPresent(it -> http.oauth2Login(login -> login.loginPage(LOGIN)
                .clientRegistrationRepository(it.registrations())
                .authorizedClientRepository(new NothingKept())
                .userInfoEndpoint(users -> users.oidcUserService(it.users()))
                .successHandler(start)
                .failureHandler(notSignedIn())));
        return http.build();
    }

    /// The page that somebody wanted before signing in.
    @SuppressWarnings("NullAway") // null adds nothing to the address, as its documentation says
    private static HttpSessionRequestCache asked() {
        var asked = new HttpSessionRequestCache();
        asked.setMatchingRequestParameterName(null);
        return asked;
    }

    /// What a page of a stranger could make a browser send: it has the cookie of a session, or makes one.
    private static boolean canBeForged(HttpServletRequest request) {
        return !SAFE.contains(request.getMethod())
                && (request.getRequestedSessionId() != null
                        || request.getRequestURI().equals(LOGIN));
    }

    private static boolean wantsPage(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
    }

    private static AccessDeniedHandler refused(RequestMatcher page, ProblemRefusals problem) {
        var error = new AccessDeniedHandlerImpl();
        return (request, response, failure) -> {
            if (page.matches(request)) {
                error.handle(request, response, failure);
            } else {
                problem.handle(request, response, failure);
            }
        };
    }

    private static AuthenticationFailureHandler notSignedIn() {
        return (request, response, failure) -> {
            var noRole = failure instanceof OAuth2AuthenticationException refused
                    && refused.getError().getErrorCode().equals(IdentityProvider.NO_ROLE);
            LoggerFactory.getLogger(BrowserAccess.class)
                    .warn("A login from {} failed: {}", request.getRemoteAddr(), failure.getMessage());
            response.sendRedirect(LOGIN + (noRole ? "?no-role" : "?failed"));
        };
    }
}
