package dev.muster.acceptance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A Dependabot alert as GitHub would tell of it, at one moment of its life.
///
/// @param repository full name, such as `acme/payments`
record Alert(String repository, int number, String severity, Instant createdAt) {

    /// The delivery that says that it was found.
    String created() {
        return body("created", "open", createdAt, null);
    }

    /// The delivery that says that it was fixed.
    String fixed(Instant at) {
        return body("fixed", "fixed", at, at);
    }

    /// The delivery that says that it is back.
    String reopened(Instant at) {
        return body("reopened", "open", at, null);
    }

    private String body(String action, String state, Instant updatedAt, Instant fixedAt) {
        return """
                {
                  "action": "%s",
                  "alert": {
                    "number": %d,
                    "state": "%s",
                    "dependency": {
                      "package": {"ecosystem": "maven", "name": "com.example:parser-%d"},
                      "manifest_path": "pom.xml", "scope": "runtime"
                    },
                    "security_advisory": {
                      "ghsa_id": "GHSA-test-%04d", "cve_id": "CVE-2026-%04d", "severity": "%s",
                      "summary": "Something is wrong", "identifiers": []
                    },
                    "security_vulnerability": {
                      "package": {"ecosystem": "maven", "name": "com.example:parser-%d"}, "severity": "%s",
                      "vulnerable_version_range": "< 2", "first_patched_version": {"identifier": "2.0.0"}
                    },
                    "url": "https://api.github.com/repos/%s/dependabot/alerts/%d",
                    "html_url": "https://github.com/%s/security/dependabot/%d",
                    "created_at": "%s", "updated_at": "%s",
                    "dismissed_at": null, "dismissed_by": null, "dismissed_reason": null, "fixed_at": %s
                  },
                  "repository": {
                    "id": %d, "full_name": "%s", "name": "%s", "default_branch": "main",
                    "html_url": "https://github.com/%s", "owner": {"login": "acme"}
                  },
                  "sender": {"login": "octocat", "html_url": "https://github.com/octocat"}
                }
                """.formatted(
                        action,
                        number,
                        state,
                        number,
                        number,
                        number,
                        severity,
                        number,
                        severity,
                        repository,
                        number,
                        repository,
                        number,
                        seconds(createdAt),
                        seconds(updatedAt),
                        fixedAt == null ? "null" : "\"" + seconds(fixedAt) + "\"",
                        Math.abs(repository.hashCode()),
                        repository,
                        repository.substring(repository.indexOf('/') + 1),
                        repository);
    }

    /// GitHub's clock has whole seconds.
    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
