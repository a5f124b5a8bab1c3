package dev.muster.service;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/// The token of [ActingSettings] before it is known for whom it acts: nobody, who may do nothing. No [Caller], so that
/// whatever asks for one finds none.
final class ActingToken implements OAuth2AuthenticatedPrincipal {

    static final ActingToken PRINCIPAL = new ActingToken();

    private ActingToken() {}

    @Override
    public String getName() {
        return "acting";
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of("sub", getName());
    }

    @Override
    public Collection<GrantedAuthority> getAuthorities() {
        return List.of();
    }
}
