package dev.muster.portal.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.context.SecurityContextRepository;

/// Keeps of a login who it is and since when, and nothing that came from the identity provider; then goes on
/// to the page that was asked for.
final class SessionStart extends SavedRequestAwareAuthenticationSuccessHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SessionStart.class);

    private final SecurityContextRepository contexts;
    private final InstantSource clock;

    SessionStart(SecurityContextRepository contexts, InstantSource clock) {
        this.contexts = contexts;
        this.clock = clock;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws ServletException, IOException {
        var signedIn = authentication.getPrincipal() instanceof IdentityProvider.Known known
                ? new SignedIn(known.caller(), clock.instant())
                : authentication;
        var context = new SecurityContextImpl(signedIn);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        LOG.info("{} signed in from {}", signedIn.getName(), request.getRemoteAddr());
        super.onAuthenticationSuccess(request, response, signedIn);
    }
}
