package dev.muster.portal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator may set for the portal. Unknown properties stop the start.
///
/// @param anonymousRead whether everybody who reaches the portal may read; otherwise one has to sign in or bring a
/// bearer token
/// @param tokenLogin whether a browser may sign in with a token of `muster.token` or `muster.tokens`
/// @param url where people reach the portal, for links that leave it; null makes them relative
/// @param streams how many event streams may be open at a time on one instance, one for each page that somebody
/// looks at; more are answered 503, and such a page is read again from time to time
/// @param keep how long history stays in the read model
/// @param backtest what a backtest may take
/// @param asOf what a result of the past may take
/// @param acting where people's wishes are sent
/// @param oidc the identity provider where people sign in; off without an issuer
@ConfigurationProperties(prefix = "muster.portal", ignoreUnknownFields = false)
public record PortalSettings(
        @DefaultValue("true") boolean anonymousRead,
        @DefaultValue("true") boolean tokenLogin,
        @Nullable URI url,
        @DefaultValue("500") int streams,
        @DefaultValue Keep keep,
        @DefaultValue Backtest backtest,
        @DefaultValue AsOf asOf,
        @DefaultValue Acting acting,
        @DefaultValue Oidc oidc) {

    public PortalSettings {
        if (streams < 1) {
            throw new IllegalArgumentException("muster.portal.streams must be above zero, not " + streams);
        }
    }

    /// Whether people reach the portal by TLS, so that cookies are kept from everything else.
    public boolean isReachedByTls() {
        return url != null && "https".equals(url.getScheme());
    }

    /// Where the portal asks for what somebody who signed in wants done; with `muster.acting.token` only.
    ///
    /// @param ingest address of the ingest-service, as the portal reaches it
    /// @param notifier address of the notifier-service, as the portal reaches it
    /// @param within how long an answer may take; then the page says that there was none
    public record Acting(
            @DefaultValue("http://localhost:8090") URI ingest,
            @DefaultValue("http://localhost:8092") URI notifier,
            @DefaultValue("15s") Duration within) {

        public Acting {
            http("acting.ingest", ingest);
            http("acting.notifier", notifier);
            positive("acting.within", within);
        }
    }

    /// What a backtest may take.
    ///
    /// @param within how long one may take; then it is given up
    /// @param entities how many are replayed at a time, which the heap has to hold with all that is known of them;
    ///     all records are read once for each so many
    /// @param frameworkDir folder with more facts and rules, or null; the same as for ingest, and used for results
    ///     of the past, too
    public record Backtest(
            @DefaultValue("10m") Duration within,
            @DefaultValue("500") int entities,
            @Nullable Path frameworkDir) {

        public Backtest {
            positive("backtest.within", within);
            if (entities < 1) {
                throw new IllegalArgumentException(
                        "muster.portal.backtest.entities must be above zero, not " + entities);
            }
        }
    }

    /// What a result of the past may take.
    ///
    /// @param within how long one may take; then it is given up
    public record AsOf(@DefaultValue("2m") Duration within) {

        public AsOf {
            positive("as-of.within", within);
        }
    }

    /// Where people sign in, as OpenID Connect Discovery describes it.
    ///
    /// @param issuer of the identity provider, below which `.well-known/openid-configuration` is found;
    /// null switches it off
    /// @param name what people call it
    /// @param clientId as the provider registered the portal, with the redirect URI `URL/login/oauth2/code/oidc`
    /// @param clientSecret of that client
    /// @param scopes to ask for; `openid` has to be among them
    /// @param nameClaim who a person is, in results and the audit log: it should never change and never be given to
    /// somebody else
    /// @param rolesClaim whose values the four below name; dots lead into it, as in `realm_access.roles`
    /// @param admins values that make an admin
    /// @param editors values that make an editor
    /// @param viewers values that make a viewer; when there are none, everybody whom the provider signs in
    /// @param duties values that give a duty, by its name: `duties.exemptions` names who decides about
    /// exemptions
    /// @param groupsClaim teams of a person: full references, or names of groups of the namespace `default`
    /// @param session how long until one has to sign in again, however busy one is
    public record Oidc(
            @Nullable URI issuer,
            @DefaultValue("single sign-on") String name,
            @Nullable String clientId,
            @Nullable String clientSecret,
            @DefaultValue({"openid", "profile", "email"}) List<String> scopes,
            @DefaultValue("preferred_username") String nameClaim,
            @DefaultValue("groups") String rolesClaim,
            @DefaultValue Set<String> admins,
            @DefaultValue Set<String> editors,
            @DefaultValue Set<String> viewers,
            @DefaultValue Map<String, Set<String>> duties,
            @DefaultValue("groups") String groupsClaim,
            @DefaultValue("8h") Duration session) {

        public Oidc {
            scopes = List.copyOf(scopes);
            admins = Set.copyOf(admins);
            editors = Set.copyOf(editors);
            viewers = Set.copyOf(viewers);
            duties = Map.copyOf(duties);
            positive("oidc.session", session);
            if (issuer != null) {
                given("oidc.client-id", clientId);
                given("oidc.client-secret", clientSecret);
                if (!scopes.contains("openid")) {
                    throw new IllegalArgumentException(
                            "muster.portal.oidc.scopes must have openid among them: " + scopes);
                }
            }
        }

        @Override
        public String toString() {
            return "Oidc[issuer=%s, clientId=%s, clientSecret=***]".formatted(issuer, clientId);
        }
    }

    private static void http(String name, URI address) {
        if (address.getHost() == null || !Set.of("http", "https").contains(address.getScheme())) {
            throw new IllegalArgumentException("muster.portal." + name
                    + " must be an address such as http://localhost:8090, not '" + address + "'");
        }
    }

    private static void given(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "muster.portal." + name + " is missing: it goes with muster.portal.oidc.issuer");
        }
    }

    /// How long rows stay that nothing replaces, at least. The topics keep them equally long. All but dead
    /// letters go by whole months, in UTC, so that they are there for up to a month longer.
    ///
    /// @param transitions the history of results
    /// @param deliveries that a delivery came in
    /// @param receipts what became of messages
    /// @param deadLetters records that could not be used
    /// @param audit who did what
    public record Keep(
            @DefaultValue("365d") Duration transitions,
            @DefaultValue("30d") Duration deliveries,
            @DefaultValue("90d") Duration receipts,
            @DefaultValue("30d") Duration deadLetters,
            @DefaultValue("365d") Duration audit) {

        public Keep {
            positive("keep.transitions", transitions);
            positive("keep.deliveries", deliveries);
            positive("keep.receipts", receipts);
            positive("keep.dead-letters", deadLetters);
            positive("keep.audit", audit);
        }
    }

    private static void positive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("muster.portal." + name + " must be above zero");
        }
    }
}
