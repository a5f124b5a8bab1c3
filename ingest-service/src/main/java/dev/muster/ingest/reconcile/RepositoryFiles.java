package dev.muster.ingest.reconcile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Files of a repository that facts are about. The places are those that the definition of GitHub's webhooks knows.
final class RepositoryFiles {

    private static final List<String> CODEOWNERS = List.of(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS");
    private static final Pattern RUNBOOK =
            Pattern.compile("(?i)((?:docs?/|[.]github/)?)(?:runbook|(runbooks)/.+)[.](?:md|adoc|rst|txt)");

    private final List<String> files;

    /// @param tree as GitHub tells it
    RepositoryFiles(JsonNode tree) {
        this.files = tree.path("tree")
                .valueStream()
                .filter(entry -> entry.path("type").asString("").equals("blob"))
                .map(entry -> entry.path("path").asString(""))
                .toList();
    }

    /// The one that GitHub reads, with itself as its place; empty when there is none.
    Map<String, String> codeowners() {
        return CODEOWNERS.stream()
                .filter(files::contains)
                .findFirst()
                .map(path -> Map.of(path, path))
                .orElse(Map.of());
    }

    /// Runbooks, each a file or the first one of a folder, by the path under which their commits are found.
    Map<String, String> runbooks() {
        var places = new LinkedHashMap<String, String>();
        for (var file : files) {
            var runbook = RUNBOOK.matcher(file);
            if (runbook.matches()) {
                var folder = runbook.group(2);
                places.putIfAbsent(folder == null ? file : runbook.group(1) + folder, file);
            }
        }
        return places;
    }
}
