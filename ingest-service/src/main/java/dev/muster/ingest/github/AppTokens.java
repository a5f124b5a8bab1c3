package dev.muster.ingest.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What an app shows to GitHub: a signed statement who it is, good for minutes, and in exchange the tokens of the
/// accounts that it is installed at, good for an hour.
final class AppTokens {

    /// GitHub takes ten minutes at most, and its clock may be behind ours.
    private static final Duration STATEMENT = Duration.ofMinutes(9);

    private static final Duration BEHIND = Duration.ofMinutes(1);
    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(5);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private record Installed(String token, Instant expiresAt) {}

    private final Access.App app;
    private final Map<String, Installed> tokens = new ConcurrentHashMap<>();

    AppTokens(Access.App app) {
        this.app = app;
    }

    /// A JSON Web Token, signed with RS256.
    String statement(Instant now) {
        var head = encoded(Map.of("alg", "RS256", "typ", "JWT"));
        var claims = encoded(Map.of(
                "iat", now.minus(BEHIND).getEpochSecond(),
                "exp", now.plus(STATEMENT).getEpochSecond(),
                "iss", app.id()));
        var signed = head + "." + claims;
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(app.key());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the private key of the app cannot sign: " + e.getMessage(), e);
        }
    }

    private static String encoded(Map<String, ?> json) {
        return BASE64.encodeToString(JsonMapper.shared().writeValueAsBytes(json));
    }

    /// The token for an account that is good for some minutes yet; null when there is none.
    @Nullable
    String find(String login, Instant now) {
        var installed = tokens.get(login);
        return installed == null || now.isAfter(installed.expiresAt().minus(BEFORE_ITS_END)) ? null : installed.token();
    }

    void keep(String login, String token, Instant expiresAt) {
        tokens.put(login, new Installed(token, expiresAt));
    }

    void forget(String login) {
        tokens.remove(login);
    }
}
