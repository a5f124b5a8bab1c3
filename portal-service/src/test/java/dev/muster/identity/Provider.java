package dev.muster.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/// A real authorisation server on a port of this machine, whose people have the groups that tests give them, and which
/// can be told to lie.
public final class Provider implements AutoCloseable {

    public static final String CLIENT = "muster";
    public static final String SECRET = "a-secret-of-the-client";
    public static final String PASSWORD = "correct horse";

    private final ConfigurableApplicationContext application;

    private Provider(ConfigurableApplicationContext application) {
        this.application = application;
    }

    public static Provider start() {
        return new Provider(new SpringApplicationBuilder(Setup.class)
                .run(
                        "--spring.config.name=nothing",
                        "--server.port=0",
                        "--management.server.port=",
                        "--server.servlet.session.cookie.name=provider-session"));
    }

    public String issuer() {
        return "http://localhost:"
                + ((WebServerApplicationContext) application).getWebServer().getPort();
    }

    /// Lets people be sent back to `redirect`.
    public void register(String redirect) {
        application
                .getBean(InMemoryRegisteredClientRepository.class)
                .save(client().redirectUri(redirect).build());
    }

    /// What the next tokens say of somebody.
    public void groups(String name, String... groups) {
        application.getBean(Lies.class).groups.put(name, List.of(groups));
    }

    /// The next tokens have this claim, whatever was asked for; null lets them be right again.
    public void lie(String claim, Object value) {
        var claims = application.getBean(Lies.class).claims;
        if (value == null) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
    }

    /// The next tokens are signed by a key that pretends to be the one that is published.
    public void signWithAnotherKey(boolean another) {
        var lies = application.getBean(Lies.class);
        lies.signing.set(another ? lies.forged : lies.published);
    }

    /// Ways to make a token without the key that is published.
    public enum Forgery {
        UNSIGNED,
        /// The public key taken for a secret that both share.
        PUBLIC_KEY_AS_SECRET,
        UNKNOWN_KEY,
        /// The key, and where to find it, stand in the token itself.
        KEY_IN_THE_TOKEN
    }

    /// The next tokens are forged so; null lets them be right again.
    public void forge(Forgery forgery) {
        application.getBean(Lies.class).forgery.set(forgery);
    }

    @Override
    public void close() {
        application.close();
    }

    private static RegisteredClient.Builder client() {
        return RegisteredClient.withId("the-portal")
                .clientId(CLIENT)
                .clientSecret("{noop}" + SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .scope("openid")
                .scope("profile")
                .scope("email")
                .clientSettings(ClientSettings.builder()
                        .requireAuthorizationConsent(false)
                        .requireProofKey(true)
                        .build());
    }

    /// What it is told to say.
    static final class Lies {
        final Map<String, List<String>> groups = new ConcurrentHashMap<>();
        final Map<String, Object> claims = new ConcurrentHashMap<>();
        final RSAKey published = key("the-key");
        final RSAKey forged = key("the-key");
        final RSAKey another = key("another-key");
        final AtomicReference<RSAKey> signing = new AtomicReference<>(published);
        final AtomicReference<Forgery> forgery = new AtomicReference<>();

        /// The token with these claims, forged.
        String forged(JWTClaimsSet claims) {
            try {
                return switch (forgery.get()) {
                    case UNSIGNED -> new PlainJWT(claims).serialize();
                    case PUBLIC_KEY_AS_SECRET ->
                        signed(
                                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(published.getKeyID()),
                                new MACSigner(published.toRSAPublicKey().getEncoded()),
                                claims);
                    case UNKNOWN_KEY ->
                        signed(
                                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(another.getKeyID()),
                                new RSASSASigner(another),
                                claims);
                    case KEY_IN_THE_TOKEN ->
                        signed(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID(another.getKeyID())
                                        .jwk(another.toPublicJWK())
                                        .jwkURL(URI.create("http://localhost:1/keys")),
                                new RSASSASigner(another),
                                claims);
                };
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String signed(JWSHeader.Builder header, JWSSigner signer, JWTClaimsSet claims)
                throws JOSEException {
            var jwt = new SignedJWT(header.build(), claims);
            jwt.sign(signer);
            return jwt.serialize();
        }

        private static RSAKey key(String id) {
            try {
                return new RSAKeyGenerator(2048).keyID(id).generate();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    static class Setup {

        @Bean
        Lies lies() {
            return new Lies();
        }

        @Bean
        SecurityFilterChain everything(HttpSecurity http) {
            return http.oauth2AuthorizationServer(it -> it.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(it -> it.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(List.of("anna", "ben", "carl").stream()
                    .map(it ->
                            User.withUsername(it).password("{noop}" + PASSWORD).build())
                    .toList());
        }

        @Bean
        InMemoryRegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(client().redirectUri("http://127.0.0.1/" + UUID.randomUUID())
                    .build());
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }

        /// The published key for who asks over HTTP, the other one for the signature, when it lies.
        @Bean
        JWKSource<SecurityContext> keys(Lies lies) {
            return (selector, context) -> {
                var signs = StackWalker.getInstance()
                        .walk(frames -> frames.anyMatch(it -> it.getClassName().endsWith("NimbusJwtEncoder")));
                return selector.select(new JWKSet(signs ? lies.signing.get() : lies.published));
            };
        }

        @Bean
        JwtEncoder encoder(JWKSource<SecurityContext> keys, Lies lies) {
            var honest = new NimbusJwtEncoder(keys);
            return parameters -> {
                var token = honest.encode(parameters);
                if (lies.forgery.get() == null) {
                    return token;
                }
                try {
                    var forged =
                            lies.forged(SignedJWT.parse(token.getTokenValue()).getJWTClaimsSet());
                    return new Jwt(
                            forged, token.getIssuedAt(), token.getExpiresAt(), token.getHeaders(), token.getClaims());
                } catch (ParseException e) {
                    throw new IllegalStateException(e);
                }
            };
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims(Lies lies) {
            return context -> {
                if (context.getTokenType().getValue().equals("id_token")) {
                    var name = context.getPrincipal().getName();
                    context.getClaims().claim("preferred_username", name);
                    context.getClaims().claim("groups", lies.groups.getOrDefault(name, List.of()));
                    lies.claims.forEach(context.getClaims()::claim);
                }
            };
        }
    }
}
