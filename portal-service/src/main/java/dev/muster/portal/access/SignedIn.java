package dev.muster.portal.access;

import dev.muster.service.Caller;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// A person in a session. Sessions stay in the memory of one instance: nothing of this is ever serialised.
final class SignedIn extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private final Instant since;

    /// @param since when the person proved who they are
    SignedIn(Caller caller, Instant since) {
        super(caller.getAuthorities());
        this.caller = caller;
        this.since = since;
        super.setAuthenticated(true);
    }

    Instant since() {
        return since;
    }

    /// Nothing: what proved it is not kept.
    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedIn that && caller.equals(that.caller) && since.equals(that.since);
    }

    @Override
    public int hashCode() {
        return Objects.hash(caller, since);
    }
}
