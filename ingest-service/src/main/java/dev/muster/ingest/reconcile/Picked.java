package dev.muster.ingest.reconcile;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Of GitHub's answers, the members that the source definition reads. The rest is not journalled: it is long, and some
/// of it is secret.
final class Picked {

    static final List<String> REPOSITORY = List.of(
            "id",
            "full_name",
            "html_url",
            "default_branch",
            "visibility",
            "private",
            "archived",
            "topics",
            "license.spdx_id",
            "updated_at");
    static final List<String> RULESET = List.of("id", "name", "target", "source_type", "enforcement", "rules");
    static final List<String> DEPENDABOT_ALERT = List.of(
            "number",
            "created_at",
            "html_url",
            "dependency.package",
            "dependency.manifest_path",
            "security_advisory.ghsa_id",
            "security_advisory.cve_id",
            "security_advisory.severity",
            "security_vulnerability.severity",
            "security_vulnerability.first_patched_version");
    static final List<String> CODE_ALERT = List.of(
            "number",
            "created_at",
            "html_url",
            "rule.id",
            "rule.severity",
            "rule.security_severity_level",
            "most_recent_instance.ref");
    static final List<String> SECRET_ALERT =
            List.of("number", "created_at", "html_url", "secret_type", "validity", "publicly_leaked");
    static final List<String> RELEASE = List.of("tag_name", "prerelease", "published_at", "html_url");

    private Picked() {}

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    /// @param paths such as `license.spdx_id`
    static ObjectNode of(JsonNode from, List<String> paths) {
        var picked = object();
        for (var path : paths) {
            pick(from, path, picked);
        }
        return picked;
    }

    static ArrayNode each(List<JsonNode> from, List<String> paths) {
        var picked = JsonMapper.shared().createArrayNode();
        from.forEach(item -> picked.add(of(item, paths)));
        return picked;
    }

    private static void pick(JsonNode from, String path, ObjectNode into) {
        var dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        var value = from.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (dot < 0) {
            into.set(name, value);
        } else {
            pick(value, path.substring(dot + 1), into.withObjectProperty(name));
        }
    }
}
