package dev.muster.ingest.catalog;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the annotation `backstage.io/source-location` says that the source of an entity is:
/// `url:https://github.com/acme/payments/tree/main/services/pay/` and the like, of any host. A GitLab
/// project may lie in nested groups; Bitbucket Data Center writes `/projects/PAY/repos/payments`.
///
/// Of a branch whose name holds a slash, the URL does not say where it ends; it is taken to end at the first.
///
/// @param subject the repository, such as `repo:github.com/acme/payments`
/// @param path the folder in it, without a slash at either end; empty for the whole repository
record SourceLocation(String subject, String path) {

    private static final int NESTED_GROUPS = 20;

    /// The path of a repository, and what its host writes between that and a folder.
    private static final Pattern PAGE =
            Pattern.compile("^((?:/[^/]+){2,}?)/(-/tree|-|tree|blob|src|browse)(?:/(.*))?$");

    /// Empty when it names no repository.
    static Optional<SourceLocation> parse(String annotation) {
        var location = annotation.strip();
        if (!location.startsWith("url:")) {
            return Optional.empty();
        }
        try {
            var uri = URI.create(location.substring("url:".length()));
            return uri.getHost() == null || uri.getPath() == null
                    ? Optional.empty()
                    : of(uri.getHost().toLowerCase(Locale.ROOT), uri.getPath());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<SourceLocation> of(String host, String address) {
        var path = address.replaceFirst("^/(?:scm|projects/([^/]+)/repos)/", "/$1/");
        var page = PAGE.matcher(path);
        var project = segments(page.matches() ? page.group(1) : path).stream()
                .limit(host.equals("github.com") ? 2 : NESTED_GROUPS)
                .toList();
        if (project.size() < 2) {
            return Optional.empty();
        }
        var slug = String.join("/", project).toLowerCase(Locale.ROOT).replaceFirst("\\.git$", "");
        var folder = page.matches() ? folder(page.group(2), segments(page.group(3))) : List.<String>of();
        return Optional.of(new SourceLocation("repo:" + host + "/" + slug, String.join("/", folder)));
    }

    /// What comes after the branch.
    private static List<String> folder(String between, List<String> rest) {
        return switch (between) {
            case "browse" -> rest;
            case "-/tree", "tree", "src" -> rest.stream().skip(1).toList();
            default -> List.of();
        };
    }

    private static List<String> segments(@Nullable String path) {
        return path == null
                ? List.of()
                : Arrays.stream(path.split("/")).filter(it -> !it.isEmpty()).toList();
    }
}
