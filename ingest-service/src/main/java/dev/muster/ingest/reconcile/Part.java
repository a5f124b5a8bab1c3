package dev.muster.ingest.reconcile;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// A part of what GitHub knows of a repository. One reading each.
enum Part {
    REPOSITORY,
    PROTECTION,
    RULESETS,
    DEPENDABOT,
    CODE_SCANNING,
    SECRET_SCANNING,
    FILES,
    RELEASE;

    /// The facts that follow from it.
    private Set<String> facts() {
        return switch (this) {
            case REPOSITORY -> Set.of("repository");
            case PROTECTION -> Set.of("branchProtectionRules");
            case RULESETS -> Set.of("rulesets");
            case DEPENDABOT -> Set.of("vulnerabilities");
            case CODE_SCANNING -> Set.of("codeFindings");
            case SECRET_SCANNING -> Set.of("secretFindings");
            case FILES -> Set.of("codeowners", "runbook");
            case RELEASE -> Set.of("latestRelease");
        };
    }

    /// Everything.
    static Set<Part> all() {
        return EnumSet.allOf(Part.class);
    }

    /// What has to be read so that these facts are told again; facts that cannot be read are left out.
    static Set<Part> of(Set<String> facts) {
        var parts = EnumSet.noneOf(Part.class);
        Arrays.stream(values())
                .filter(part -> part.facts().stream().anyMatch(facts::contains))
                .forEach(parts::add);
        return parts;
    }
}
