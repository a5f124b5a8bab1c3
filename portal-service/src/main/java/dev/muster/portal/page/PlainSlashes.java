package dev.muster.portal.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Makes `component:default%2Fpayments` the same address as `component:default/payments`, before security or
/// routing look at it. What the slash would add is seen by both as if it had been written plainly, so
/// nothing gets past a rule by it.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PlainSlashes extends OncePerRequestFilter {

    private static final Pattern ENCODED = Pattern.compile("%2f", Pattern.CASE_INSENSITIVE);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(ENCODED.matcher(request.getRequestURI()).find() ? new Plain(request) : request, response);
    }

    private static final class Plain extends HttpServletRequestWrapper {

        Plain(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            return ENCODED.matcher(super.getRequestURI()).replaceAll("/");
        }

        /// Tomcat leaves what is encoded in it, which the firewall takes for an attempt to hide something.
        @Override
        public String getServletPath() {
            return ENCODED.matcher(super.getServletPath()).replaceAll("/");
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(ENCODED.matcher(super.getRequestURL()).replaceAll("/"));
        }
    }
}
