package dev.muster.service;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/// Who calls, as a controller asks for it: `@AuthenticationPrincipal Caller caller`.
///
/// @param name as results, the audit trail and logs show it; the same name is the same person
/// @param roles what it may do
/// @param groups references of the teams that it is a member of, such as `group:default/payments`
/// @param duties what it may attest or approve beyond its teams, such as `security`
public record Caller(String name, Set<Role> roles, Set<String> groups, Set<String> duties)
        implements OAuth2AuthenticatedPrincipal {

    public Caller {
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
        duties = Set.copyOf(duties);
    }

    public boolean isAdmin() {
        return roles.contains(Role.ADMIN);
    }

    /// Whether it may change anything at all: what its teams own, or everything.
    public boolean isEditor() {
        return roles.contains(Role.EDITOR) || isAdmin();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of("sub", name);
    }

    @Override
    public Collection<GrantedAuthority> getAuthorities() {
        return roles.stream()
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.authority()))
                .toList();
    }
}
