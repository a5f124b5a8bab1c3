package dev.muster.portal.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/// Headers of every answer: a content security policy without inline script or style, and validators instead
/// of ages, because a page may be old the second after.
@Component
@Order(0)
final class Headers extends OncePerRequestFilter {

    private static final String OURS = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", OURS);
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-cache");
        chain.doFilter(request, response);
    }

    /// Entity tags from the content, which is held in memory for that: not of a stream, which has no end,
    /// nor of an exported list, which may be longer than memory. Files have dates.
    @Configuration(proxyBeanMethods = false)
    static class Etags {

        @Bean
        FilterRegistrationBean<ShallowEtagHeaderFilter> etags() {
            var filter = new ShallowEtagHeaderFilter() {
                @Override
                protected boolean shouldNotFilter(HttpServletRequest request) {
                    // Decoded, as what is served for it is found: `/%65xports/` is no way round.
                    var path = request.getServletPath();
                    return path.endsWith("/stream")
                            || path.startsWith("/exports/")
                            || path.startsWith("/assets/")
                            || path.startsWith("/webjars/");
                }
            };
            filter.setWriteWeakETag(true);
            var registration = new FilterRegistrationBean<ShallowEtagHeaderFilter>(filter);
            registration.setOrder(1);
            return registration;
        }
    }
}
