package dev.muster.ingest.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the addresses by which tools name a repository: `https://…`, `ssh://…`, `git@host:owner/name`,
/// `scm:git:…`, `git+https://…`, `host/owner/name`, with or without `.git`, credentials, port, and what
/// stands behind the repository.
final class RepositoryAddress {

    private static final int MAX_LENGTH = 1_000;
    private static final Pattern SCHEME = Pattern.compile("^(scm:)?(git:(?!//))?(git\\+)?[a-z][a-z0-9+.-]*://");
    private static final Pattern PREFIX = Pattern.compile("^(scm:git:|scm:|url:|git:(?!//))");
    private static final Pattern SCP = Pattern.compile("^([^/@]+@)?([^/:@]+):(?!\\d+/)/*(.+)$");
    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9._~-]+");

    /// What follows the name of a repository in the addresses of its pages.
    private static final Set<String> PAGES =
            Set.of("-", "tree", "blob", "commit", "commits", "pull", "issues", "releases", "src", "raw", "actions");

    /// Hosts whose repositories have an owner and a name, and nothing deeper.
    private static final Set<String> TWO_SEGMENTS = Set.of("github.com", "bitbucket.org");

    private RepositoryAddress() {}

    /// `host/owner/name` in lower case; empty when the text is no such address.
    static String slug(String address) {
        if (address.isEmpty() || address.length() > MAX_LENGTH) {
            return "";
        }
        var text = address.toLowerCase(Locale.ROOT);
        for (var prefix = PREFIX.matcher(text); prefix.find(); prefix = PREFIX.matcher(text)) {
            text = text.substring(prefix.end());
        }
        var scheme = SCHEME.matcher(text);
        if (scheme.find()) {
            text = text.substring(scheme.end());
        } else {
            text = SCP.matcher(text).replaceFirst("$2/$3");
        }
        var parts = List.of(text.replaceFirst("[?#].*$", "").split("/+"));
        var host = parts.getFirst().replaceFirst("^.*@", "").replaceFirst(":\\d+$", "");
        var segments = segments(host, parts.subList(1, parts.size()));
        return HOST.matcher(host).matches() && segments.size() >= 2 ? host + "/" + String.join("/", segments) : "";
    }

    private static List<String> segments(String host, List<String> parts) {
        var segments = new ArrayList<String>();
        for (var part : parts) {
            var full = segments.size() >= 2 && (PAGES.contains(part) || TWO_SEGMENTS.contains(host));
            if (full || part.isEmpty()) {
                break;
            }
            var isLast = part.endsWith(".git") && part.length() > ".git".length();
            var name = isLast ? part.substring(0, part.length() - ".git".length()) : part;
            if (!SEGMENT.matcher(name).matches()) {
                return List.of();
            }
            segments.add(name);
            if (isLast) {
                break;
            }
        }
        return segments;
    }
}
