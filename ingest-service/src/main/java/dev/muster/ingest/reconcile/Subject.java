package dev.muster.ingest.reconcile;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What GitHub can be asked about: a repository or a team, by its subject.
///
/// @param kind what it is
/// @param owner login of the account, lower-case
/// @param name of the repository, or slug of the team; lower-case
record Subject(Kind kind, String owner, String name) {

    /// What there is.
    enum Kind {
        REPO,
        TEAM
    }

    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,150}");

    static boolean isLogin(String text) {
        return LOGIN.matcher(text).matches();
    }

    static Subject repository(String owner, String name) {
        return new Subject(Kind.REPO, owner.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }

    static Subject team(String organization, String slug) {
        return new Subject(Kind.TEAM, organization.toLowerCase(Locale.ROOT), slug.toLowerCase(Locale.ROOT));
    }

    /// Reads `repo:HOST/OWNER/NAME` or `team:HOST/ORGANISATION/SLUG`; empty when it is neither, or of another host.
    static Optional<Subject> read(String subject, String host) {
        for (var kind : Kind.values()) {
            var prefix = kind.name().toLowerCase(Locale.ROOT) + ":" + host + "/";
            if (subject.startsWith(prefix)) {
                return ofSlug(kind, subject.substring(prefix.length()));
            }
        }
        return Optional.empty();
    }

    /// Reads `owner/name`.
    static Optional<Subject> ofSlug(Kind kind, String slug) {
        var parts = slug.split("/", -1);
        return parts.length == 2 && isLogin(parts[0]) && NAME.matcher(parts[1]).matches() && !parts[1].matches("[.]+")
                ? Optional.of(new Subject(kind, parts[0].toLowerCase(Locale.ROOT), parts[1].toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /// `owner/name`.
    String slug() {
        return owner + "/" + name;
    }
}
