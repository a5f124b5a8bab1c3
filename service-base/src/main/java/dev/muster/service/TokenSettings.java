package dev.muster.service;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who may call.
///
/// @param token the token itself of one caller named `admin` with the role admin, or null; usually from the environment
/// variable `MUSTER_TOKEN`
/// @param tokens further callers
@ConfigurationProperties("muster")
record TokenSettings(@Nullable String token, @DefaultValue List<Token> tokens) {

    private static final Set<String> PLACEHOLDERS = Set.of("changeme", "change-me", "secret", "password", "token");

    TokenSettings {
        token = token == null || token.isBlank() ? null : token.strip();
        if (token != null && PLACEHOLDERS.contains(token)) {
            throw new IllegalArgumentException("muster.token is a placeholder: set a random one");
        }
        tokens = List.copyOf(tokens);
        var names = new HashSet<String>();
        for (int i = 0; i < tokens.size(); i++) {
            tokens.get(i).check("muster.tokens[" + i + "]");
            if (!names.add(tokens.get(i).name())) {
                throw new IllegalArgumentException("muster.tokens[" + i + "].name is taken: "
                        + tokens.get(i).name());
            }
        }
    }

    @Override
    public String toString() {
        return "TokenSettings[token=***, tokens=" + tokens + "]";
    }

    /// One caller.
    ///
    /// @param name who it is, as results and logs show it
    /// @param sha256 SHA-256 of the token in hex: `printf %s "$TOKEN" | sha256sum`
    /// @param roles what it may do
    record Token(
            @DefaultValue("") String name,
            @DefaultValue("") String sha256,
            @DefaultValue("viewer") Set<Role> roles) {

        Token {
            roles = Set.copyOf(roles);
        }

        private void check(String property) {
            if (name.isBlank()) {
                throw new IllegalArgumentException(property + ".name is missing");
            }
            if (!sha256.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException(property + ".sha256 must be 64 hexadecimal digits");
            }
        }

        @Override
        public String toString() {
            return "Token[name=" + name + ", sha256=***, roles=" + roles + "]";
        }
    }
}
