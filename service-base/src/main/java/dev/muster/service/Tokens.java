package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/// The callers that this service knows, by the digest of their tokens.
///
/// Compares with every one of them, each in constant time: how long it takes says nothing about any.
final class Tokens implements OpaqueTokenIntrospector {

    private final List<Caller> callers;

    private Tokens(List<Caller> callers) {
        this.callers = callers;
    }

    static Tokens of(TokenSettings settings) {
        var callers = new ArrayList<Caller>();
        if (settings.token() != null) {
            callers.add(new Caller("admin", digest(settings.token()), Set.of(Role.ADMIN)));
        }
        for (var token : settings.tokens()) {
            callers.add(new Caller(token.name(), HexFormat.of().parseHex(token.sha256()), token.roles()));
        }
        return new Tokens(List.copyOf(callers));
    }

    boolean isEmpty() {
        return callers.isEmpty();
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        var presented = digest(token);
        Caller found = null;
        for (var caller : callers) {
            if (MessageDigest.isEqual(caller.digest, presented)) {
                found = caller;
            }
        }
        if (found == null) {
            throw new BadOpaqueTokenException("The token is not known");
        }
        return new DefaultOAuth2AuthenticatedPrincipal(found.name, Map.of("sub", found.name), found.authorities());
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static final class Caller {

        private final String name;
        private final byte[] digest;
        private final Set<Role> roles;

        Caller(String name, byte[] digest, Set<Role> roles) {
            this.name = name;
            this.digest = digest;
            this.roles = roles;
        }

        Collection<GrantedAuthority> authorities() {
            return roles.stream()
                    .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.authority()))
                    .toList();
        }
    }
}
