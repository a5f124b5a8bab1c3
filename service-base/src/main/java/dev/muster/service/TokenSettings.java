package dev.muster.service;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
    /// @param roles what it may do: `viewer`, `editor` or `admin`
    /// @param groups full references of the teams that it is a member of, such as `group:default/payments`: it
    /// may declare what they own, attest for it, and ask for exemptions
    /// @param duties words such as `security` or `privacy`: what it may attest beyond its teams, by the
    /// terms of a rule; `exemptions` decides about exemptions, `scim` pushes users and
    /// groups, and `platform` declares everything and replays
    record Token(
            @DefaultValue("") String name,
            @DefaultValue("") String sha256,
            @DefaultValue("viewer") Set<Role> roles,
            @DefaultValue Set<String> groups,
            @DefaultValue Set<String> duties) {

        private static final Pattern GROUP =
                Pattern.compile("[a-z][a-z0-9]{0,62}:[a-z0-9][-a-z0-9_.]{0,62}/[a-z0-9][-a-z0-9_.]{0,62}");
        private static final Pattern DUTY = Pattern.compile("[a-z][a-z0-9-]{0,39}");

        Token {
            roles = Set.copyOf(roles);
            groups = Set.copyOf(groups);
            duties = Set.copyOf(duties);
        }

        private void check(String property) {
            if (name.isBlank()) {
                throw new IllegalArgumentException(property + ".name is missing");
            }
            if (!sha256.matches("[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException(property + ".sha256 must be 64 hexadecimal digits");
            }
            for (var group : groups) {
                if (!GROUP.matcher(group).matches()) {
                    throw new IllegalArgumentException(
                            property + ".groups must be full references in lower case, such as"
                                    + " group:default/payments, not '" + group + "'");
                }
            }
            for (var duty : duties) {
                if (!DUTY.matcher(duty).matches()) {
                    throw new IllegalArgumentException(
                            property + ".duties must be words of lower-case letters, digits and"
                                    + " hyphens, at most 40 characters, not '" + duty + "'");
                }
            }
        }

        @Override
        public String toString() {
            return "Token[name=" + name + ", sha256=***, roles=" + roles + ", groups=" + groups + ", duties=" + duties
                    + "]";
        }
    }
}
