package dev.muster.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/// The callers that this service knows, by the digest of their tokens.
///
/// Compares with every one of them, each in constant time: how long it takes says nothing about any.
final class Tokens implements OpaqueTokenIntrospector {

    private final List<Known> known;

    private Tokens(List<Known> known) {
        this.known = known;
    }

    static Tokens of(TokenSettings settings, ActingSettings acting) {
        var known = new ArrayList<Known>();
        if (settings.token() != null) {
            var admin = new Caller("admin", Set.of(Role.ADMIN), Set.of(), Set.of());
            known.add(new Known(admin, digest(settings.token())));
        }
        for (var token : settings.tokens()) {
            var caller = new Caller(token.name(), token.roles(), token.groups(), token.duties());
            known.add(new Known(caller, HexFormat.of().parseHex(token.sha256())));
        }
        if (acting.token() != null) {
            var digest = digest(acting.token());
            if (known.stream().anyMatch(it -> MessageDigest.isEqual(it.digest, digest))) {
                throw new IllegalArgumentException(
                        "muster.acting.token must be none of the tokens of muster.token and muster.tokens");
            }
            known.add(new Known(ActingToken.PRINCIPAL, digest));
        }
        return new Tokens(List.copyOf(known));
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        var presented = digest(token);
        OAuth2AuthenticatedPrincipal found = null;
        for (var one : known) {
            if (MessageDigest.isEqual(one.digest, presented)) {
                found = one.caller;
            }
        }
        if (found == null) {
            throw new BadOpaqueTokenException("The token is not known");
        }
        return found;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static final class Known {

        private final OAuth2AuthenticatedPrincipal caller;
        private final byte[] digest;

        Known(OAuth2AuthenticatedPrincipal caller, byte[] digest) {
            this.caller = caller;
            this.digest = digest;
        }
    }
}
