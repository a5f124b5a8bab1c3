package dev.muster.ingest.catalog;

import static java.util.Map.entry;

import dev.muster.ingest.subject.ScimGroups;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which subjects an entity claims: by well-known annotations, by its owner, always the one that is itself, and the
/// readiness of itself and of what it depends on. [OwnerClaims] adds what follows from the owner's own descriptor.
final class Claims {

    private enum Case {
        KEPT,
        LOWER
    }

    private record Form(String prefix, Case letters) {

        /// A subject has no white space: `Payments API` is `Payments-API`.
        String written(String value) {
            var whole = value.replaceAll("\\s+", "-");
            return letters == Case.LOWER ? whole.toLowerCase(Locale.ROOT) : whole;
        }
    }

    private static final Map<String, Form> ANNOTATIONS = Map.ofEntries(
            entry("github.com/project-slug", new Form("repo:github.com/", Case.LOWER)),
            entry("github.com/team-slug", new Form("team:github.com/", Case.LOWER)),
            entry("snyk.io/project-ids", new Form("project:snyk/", Case.LOWER)),
            entry("pagerduty.com/service-id", new Form("service:pagerduty/", Case.KEPT)),
            entry("incident.io/service", new Form("service:incident-io/", Case.LOWER)),
            entry("datadoghq.com/service", new Form("service:datadog/", Case.LOWER)),
            entry("argocd/app-name", new Form("app:argocd/", Case.KEPT)),
            entry("backstage.io/kubernetes-id", new Form("workload:kubernetes/", Case.KEPT)),
            entry("prometheus.io/service-name", new Form("service:prometheus/", Case.KEPT)),
            entry("amazonaws.com/arn", new Form("resource:aws/", Case.KEPT)),
            entry("cdevents.dev/service-id", new Form("service:cdevents/", Case.KEPT)));

    /// `tag:"service:payments"`, a search of Opsgenie.
    private static final Pattern OPSGENIE_SERVICE = Pattern.compile("tag\\s*:\\s*\"?service:([^\"\\s)]+)");

    /// `service=payments`, labels of Grafana.
    private static final Pattern GRAFANA_SERVICE = Pattern.compile("(?:^|[,{\\s])service=\"?([^\",}\\s]+)");

    private static final String READINESS = "readiness:";
    private static final String SUBJECTS = "muster.dev/subjects";
    private static final String SCIM_GROUP = "muster.dev/scim-group";
    private static final String SOURCE_LOCATION = "backstage.io/source-location";
    private static final String REPOSITORY = "repo:";
    private static final int MAX_PATHS = 50;

    /// The annotation for the folders of one component in a repository of many.
    static final String PATH = "muster.dev/path";

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
        ANNOTATIONS.forEach((annotation, form) ->
                listed(annotations, annotation).forEach(value -> claims.add(form.prefix() + form.written(value))));
        var gitlab = text(annotations, "gitlab.com/instance");
        listed(annotations, "gitlab.com/project-slug")
                .forEach(slug -> claims.add(
                        ("repo:" + (gitlab.isEmpty() ? "gitlab.com" : gitlab) + "/" + slug).toLowerCase(Locale.ROOT)));
        lastParts(annotations, "sentry.io/project-slug").forEach(slug -> claims.add("project:sentry/" + slug));
        lastParts(annotations, "sonarqube.org/project-key").forEach(key -> claims.add("project:sonarqube/" + key));
        found(OPSGENIE_SERVICE, text(annotations, "opsgenie.com/component-selector"))
                .forEach(service -> claims.add("service:opsgenie/" + service));
        found(GRAFANA_SERVICE, text(annotations, "grafana/alert-label-selector"))
                .forEach(service -> claims.add("service:grafana/" + service));
        SourceLocation.parse(text(annotations, SOURCE_LOCATION))
                .map(SourceLocation::subject)
                .ifPresent(claims::add);
        listed(annotations, SUBJECTS).forEach(claims::add);
        team(self.kind().equals("group") ? self.toString() : owner).ifPresent(claims::add);
        claims.addAll(scimGroup(self, annotations.getOrDefault(SCIM_GROUP, "").strip()));
        return claims;
    }

    private static String text(Map<String, String> annotations, String annotation) {
        return annotations.getOrDefault(annotation, "").strip();
    }

    /// The values of an annotation that may hold several.
    private static List<String> listed(Map<String, String> annotations, String annotation) {
        return Arrays.stream(annotations.getOrDefault(annotation, "").split("[,\\n]"))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /// Of values such as `payments` or `acme/payments` what stands behind the organisation or instance.
    private static List<String> lastParts(Map<String, String> annotations, String annotation) {
        return listed(annotations, annotation).stream()
                .map(value -> value.substring(value.lastIndexOf('/') + 1))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(it -> it.group(1)).toList();
    }

    /// The group of the identity provider: the one that the annotation names, by its name or by its id
    /// there. A group of the namespace `default` that names none is the one with its own name.
    private static List<String> scimGroup(EntityRef self, String named) {
        if (!named.isEmpty()) {
            return List.of(ScimGroups.byName(named), ScimGroups.byId(named));
        }
        return self.kind().equals("group") && self.namespace().equals("default")
                ? List.of(ScimGroups.byName(self.name()))
                : List.of();
    }

    private static Optional<String> team(@Nullable String group) {
        return group != null && group.startsWith("group:")
                ? Optional.of("team:" + group.substring("group:".length()))
                : Optional.empty();
    }

    /// Folders and files of claimed repositories that an entity is made of, by subject; a repository that is claimed
    /// whole is not among them.
    ///
    /// The annotation `muster.dev/path` holds for every repository that is claimed, paths separated by commas or by
    /// lines; without it, the folder of `backstage.io/source-location` holds for its repository.
    ///
    /// @param claims what [#of] gave
    static SortedMap<String, List<String>> paths(Map<String, String> annotations, Collection<String> claims) {
        var paths = new TreeMap<String, List<String>>();
        var own = listed(annotations, PATH).stream()
                .map(Claims::trimmed)
                .distinct()
                .sorted()
                .toList();
        if (!own.isEmpty()) {
            claims.stream()
                    .filter(it -> it.startsWith(REPOSITORY) && !own.contains(""))
                    .forEach(it -> paths.put(it, own));
            return paths;
        }
        SourceLocation.parse(annotations.getOrDefault(SOURCE_LOCATION, ""))
                .filter(it -> !it.path().isEmpty())
                .ifPresent(it -> paths.put(it.subject(), List.of(it.path())));
        return paths;
    }

    /// What is wrong with the paths of an annotation; empty when nothing is.
    static Optional<String> mistakeIn(Map<String, String> annotations) {
        var paths = listed(annotations, PATH);
        if (paths.size() > MAX_PATHS) {
            return Optional.of("names %d paths; %d are allowed".formatted(paths.size(), MAX_PATHS));
        }
        return paths.stream()
                .filter(it -> it.contains("*")
                        || it.contains("\\")
                        || List.of(it.split("/")).contains(".."))
                .findFirst()
                .map(it -> "'" + it + "' is no path; write one from the top of the repository, such as services/pay");
    }

    /// Without a slash at either end.
    private static String trimmed(String path) {
        return path.replaceFirst("^[.]?/+", "").replaceFirst("/+$", "").replaceFirst("^[.]$", "");
    }
}
