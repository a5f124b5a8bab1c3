package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.json.CanonicalJson;
import java.util.ArrayList;

/// Callers with teams and duties, as an operator configures them. The name of each is its token.
final class People {

    /// A member of the team billing.
    static final String OWNER = "owner-of-billing";

    /// Another one.
    static final String COLLEAGUE = "colleague-of-the-owner";

    /// Decides about exemptions.
    static final String APPROVER = "approver-of-exemptions";

    /// Decides about exemptions, and is a member of the team billing.
    static final String APPROVING_OWNER = "approver-in-the-team";

    /// Has the duty security.
    static final String AUDITOR = "auditor-of-security";

    /// An editor of another team.
    static final String STRANGER = "editor-of-another-team";

    /// Looks after Muster: has the duty platform, and is in no team.
    static final String ENGINEER = "engineer-of-the-platform";

    /// A member of the team billing who may only read.
    static final String READER = "reader-in-the-team";

    private People() {}

    /// Settings of the service that knows them.
    static String[] settings() {
        var settings = new ArrayList<String>();
        add(settings, OWNER, "editor", "group:default/billing", "");
        add(settings, COLLEAGUE, "editor", "group:default/billing", "");
        add(settings, APPROVER, "editor", "", "exemptions");
        add(settings, APPROVING_OWNER, "editor", "group:default/billing", "exemptions");
        add(settings, AUDITOR, "editor", "", "security");
        add(settings, STRANGER, "editor", "group:default/elsewhere", "");
        add(settings, ENGINEER, "editor", "", "platform");
        add(settings, READER, "viewer", "group:default/billing", "exemptions");
        return settings.toArray(String[]::new);
    }

    private static void add(ArrayList<String> settings, String name, String role, String groups, String duties) {
        var prefix = "--muster.tokens[" + (settings.size() / 5 + 1) + "].";
        settings.add(prefix + "name=" + name);
        settings.add(prefix + "sha256=" + CanonicalJson.sha256(name.getBytes(UTF_8)));
        settings.add(prefix + "roles=" + role);
        settings.add(prefix + "groups=" + groups);
        settings.add(prefix + "duties=" + duties);
    }
}
