package dev.muster.portal.access;

import dev.muster.service.Caller;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/// Signs in who has one of the tokens that the service knows, such as the one that `./muster up` made.
final class TokenLogin implements AuthenticationProvider {

    private final OpaqueTokenIntrospector tokens;
    private final InstantSource clock;

    TokenLogin(OpaqueTokenIntrospector tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication presented) {
        try {
            return tokens.introspect(String.valueOf(presented.getCredentials()).strip()) instanceof Caller caller
                    ? new SignedIn(caller, clock.instant())
                    : null;
        } catch (BadOpaqueTokenException e) {
            throw new BadCredentialsException("The token is not known", e);
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
