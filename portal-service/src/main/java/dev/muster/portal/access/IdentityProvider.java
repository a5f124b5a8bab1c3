package dev.muster.portal.access;

import dev.muster.portal.PortalSettings;
import dev.muster.service.Caller;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.util.UriComponentsBuilder;

/// The identity provider of `muster.portal.oidc`. It is asked how it works when somebody first signs in, so that the
/// portal starts and shows what is open while the provider is away.
final class IdentityProvider {

    static final String ID = "oidc";

    private static final Logger LOG = LoggerFactory.getLogger(IdentityProvider.class);

    /// Why somebody whom the provider knows is not let in.
    static final String NO_ROLE = "no_role";

    private final PortalSettings.Oidc settings;
    private final @Nullable URI portal;
    private final Claims claims;
    private final SupplierClientRegistrationRepository registrations;

    IdentityProvider(PortalSettings.Oidc settings, @Nullable URI portal) {
        this.settings = settings;
        this.portal = portal;
        this.claims = new Claims(settings);
        this.registrations =
                new SupplierClientRegistrationRepository(() -> new InMemoryClientRegistrationRepository(discover()));
    }

    String name() {
        return settings.name();
    }

    SupplierClientRegistrationRepository registrations() {
        return registrations;
    }

    private ClientRegistration discover() {
        return ClientRegistrations.fromIssuerLocation(
                        Objects.requireNonNull(settings.issuer()).toString())
                .registrationId(ID)
                .clientId(Objects.requireNonNull(settings.clientId()))
                .clientSecret(Objects.requireNonNull(settings.clientSecret()))
                .scope(settings.scopes())
                .redirectUri((portal == null ? "{baseUrl}" : withoutSlash(portal)) + "/login/oauth2/code/" + ID)
                .build();
    }

    /// Takes what the provider says, once its signature, issuer, audience, nonce and times are right, and refuses who
    /// has no role here.
    OAuth2UserService<OidcUserRequest, OidcUser> users() {
        var told = new OidcUserService();
        return request -> {
            var user = told.loadUser(request);
            var caller = claims.caller(user.getClaims())
                    .orElseThrow(() -> new OAuth2AuthenticationException(new OAuth2Error(NO_ROLE)));
            return new Known(user, caller);
        };
    }

    /// Where one ends the session at the provider, too; empty when it has no such address or could not be asked.
    Optional<URI> endOfSession() {
        ClientRegistration registration;
        try {
            registration = registrations.findByRegistrationId(ID);
        } catch (IllegalArgumentException e) {
            LOG.warn("{} does not say how it works: {}", settings.issuer(), e.getMessage());
            return Optional.empty();
        }
        Map<String, Object> metadata = registration.getProviderDetails().getConfigurationMetadata();
        return metadata.get("end_session_endpoint") instanceof String address
                ? Optional.of(UriComponentsBuilder.fromUriString(address)
                        .queryParam("client_id", registration.getClientId())
                        .build()
                        .toUri())
                : Optional.empty();
    }

    private static String withoutSlash(URI uri) {
        var text = uri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /// A person of the provider, and who that is here.
    static final class Known extends DefaultOidcUser {

        private static final long serialVersionUID = 1L;

        private final transient Caller caller;

        Known(OidcUser user, Caller caller) {
            super(user.getAuthorities(), user.getIdToken(), user.getUserInfo());
            this.caller = caller;
        }

        Caller caller() {
            return caller;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Known that && super.equals(other) && caller.equals(that.caller);
        }

        @Override
        public int hashCode() {
            return Objects.hash(super.hashCode(), caller);
        }
    }
}
