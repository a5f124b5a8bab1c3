package dev.muster.service;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/// Puts the person of [ActsFor] in the place of the token that may act for others, before anything asks who calls.
///
/// **Promises.** The only place that reads the header. With any other token it is a forgery, 403, whatever
/// the token may do otherwise; the token itself without the header may do nothing.
final class ActingFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    ActingFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var told = List.copyOf(Collections.list(request.getHeaders(ActsFor.HEADER)));
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null) {
            // Nobody, and answered so by the rules behind.
            chain.doFilter(request, response);
        } else if (authentication.getPrincipal() != ActingToken.PRINCIPAL) {
            if (told.isEmpty()) {
                chain.doFilter(request, response);
            } else {
                refuse(response, ProblemType.FORBIDDEN, "This token acts for nobody else");
            }
        } else if (told.isEmpty()) {
            refuse(response, ProblemType.FORBIDDEN, "This token acts for others only: say for whom");
        } else {
            var person = told.size() == 1 ? ActsFor.read(told.getFirst()) : Optional.<Caller>empty();
            if (person.isEmpty()) {
                refuse(response, ProblemType.MALFORMED_REQUEST, "The header " + ActsFor.HEADER + " names no person");
            } else {
                SecurityContextHolder.setContext(
                        new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                                person.get(), null, person.get().getAuthorities())));
                chain.doFilter(request, response);
            }
        }
    }

    private void refuse(HttpServletResponse response, ProblemType type, String detail) throws IOException {
        SecurityContextHolder.clearContext();
        problems.write(response, Problem.of(type, detail));
    }
}
