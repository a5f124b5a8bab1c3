package dev.muster.ingest.catalog;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which subjects an entity claims: by well-known annotations, by its owner, always the one that is itself, and the
/// readiness of itself and of what it depends on.
final class Claims {

    private enum Case {
        KEPT,
        LOWER
    }

    private record Form(String prefix, Case letters) {}

    private static final Map<String, Form> ANNOTATIONS = Map.of(
            "github.com/project-slug", new Form("repo:github.com/", Case.LOWER),
            "github.com/team-slug", new Form("team:github.com/", Case.LOWER),
            "gitlab.com/project-slug", new Form("repo:gitlab.com/", Case.LOWER),
            "sonarqube.org/project-key", new Form("project:sonarqube/", Case.KEPT),
            "pagerduty.com/service-id", new Form("service:pagerduty/", Case.KEPT),
            "sentry.io/project-slug", new Form("project:sentry/", Case.KEPT),
            "argocd/app-name", new Form("app:argocd/", Case.KEPT),
            "backstage.io/kubernetes-id", new Form("workload:kubernetes/", Case.KEPT),
            "prometheus.io/service-name", new Form("service:prometheus/", Case.KEPT));

    private static final String READINESS = "readiness:";
    private static final String SUBJECTS = "muster.dev/subjects";
    private static final String SOURCE_LOCATION = "backstage.io/source-location";

    private Claims() {}

    /// The claims of one entity, sorted.
    ///
    /// @param owner completed reference of the owner
    /// @param dependsOn completed references
    static SortedSet<String> of(
            EntityRef self, Map<String, String> annotations, @Nullable String owner, List<String> dependsOn) {
        var claims = new TreeSet<String>();
        claims.add("entity:" + self);
        claims.add(READINESS + self);
        dependsOn.forEach(upstream -> claims.add(READINESS + upstream));
        ANNOTATIONS.forEach((annotation, form) -> {
            var value = annotations.getOrDefault(annotation, "").strip();
            if (!value.isEmpty()) {
                claims.add(form.prefix() + (form.letters() == Case.LOWER ? value.toLowerCase(Locale.ROOT) : value));
            }
        });
        repository(annotations.getOrDefault(SOURCE_LOCATION, "").strip()).ifPresent(claims::add);
        Arrays.stream(annotations.getOrDefault(SUBJECTS, "").split("[,\\n]"))
                .map(String::strip)
                .filter(subject -> !subject.isEmpty())
                .forEach(claims::add);
        team(self.kind().equals("group") ? self.toString() : owner).ifPresent(claims::add);
        return claims;
    }

    private static Optional<String> team(@Nullable String group) {
        return group != null && group.startsWith("group:")
                ? Optional.of("team:" + group.substring("group:".length()))
                : Optional.empty();
    }

    /// `url:https://github.com/acme/payments/tree/main/` and the like. A GitLab project may lie in nested groups.
    private static Optional<String> repository(String location) {
        if (!location.startsWith("url:")) {
            return Optional.empty();
        }
        try {
            var uri = URI.create(location.substring("url:".length()));
            var host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            var path = uri.getPath() == null
                    ? ""
                    : uri.getPath().replaceFirst("^/+", "").toLowerCase(Locale.ROOT);
            return switch (host) {
                case "github.com" -> slug(path, 2).map(slug -> "repo:github.com/" + slug);
                case "gitlab.com" -> slug(path.replaceFirst("/-/.*$", ""), 20).map(slug -> "repo:gitlab.com/" + slug);
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> slug(String path, int segments) {
        var parts = Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty())
                .limit(segments)
                .toList();
        return parts.size() < 2
                ? Optional.empty()
                : Optional.of(String.join("/", parts).replaceFirst("\\.git$", ""));
    }
}
