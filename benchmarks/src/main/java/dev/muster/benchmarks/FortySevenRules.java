package dev.muster.benchmarks;

import java.util.List;

/// A scorecard of the size of the full framework: 47 rules, of which [#READING_VULNERABILITIES] read vulnerabilities.
final class FortySevenRules {

    static final int RULES = 47;
    static final int READING_VULNERABILITIES = 4;

    private static final List<String> VULNERABILITIES = List.of(
            "vulnerabilities.filter(v, v.severity == 'critical').size() <= 0",
            "vulnerabilities.filter(v, v.severity == 'high').size() <= 3",
            "!vulnerabilities.exists(v, v.severity == 'medium' && overdue(v.openedAt, duration('2160h')))",
            "vulnerabilities.all(v, within(v.openedAt, duration('168h')) || v.severity != 'critical')");

    private static final List<String> OTHERS = List.of(
            "coverage.newCode >= 80.0",
            "coverage.overall >= 60.0",
            "runbook.exists && within(runbook.confirmedAt, duration('4380h'))",
            "repository.visibility != 'public'",
            "!repository.archived",
            "checks.exists(c, c.name == 'unit' && c.conclusion == 'success')",
            "!checks.exists(c, c.conclusion == 'failure')",
            "deployments.exists(d, d.environment == 'production' && d.state == 'success')",
            "!alerts.exists(a, a.severity == 'critical')",
            "codeFindings.filter(f, f.severity == 'high').size() <= 2",
            "secretFindings.size() == 0");

    /// Says something else whenever the number of critical vulnerabilities changes, so that every such change is a
    /// transition.
    private static final String COUNTED =
            "string(vulnerabilities.filter(v, v.severity == 'critical').size()) + ' critical vulnerabilities'";

    private static final List<String> LEVELS = List.of("bronze", "silver", "gold");

    private FortySevenRules() {}

    static String yaml(String name) {
        var text = new StringBuilder("""
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: %s, title: Forty-seven rules, owner: group:default/platform }
                spec:
                  appliesTo: entity.kind == 'Component'
                  levels: [bronze, silver, gold]
                  rules:
                """.formatted(name));
        for (var i = 0; i < RULES; i++) {
            var check = i < READING_VULNERABILITIES
                    ? VULNERABILITIES.get(i)
                    : OTHERS.get((i - READING_VULNERABILITIES) % OTHERS.size());
            text.append("""
                        - id: rule-%d
                          title: Rule %d
                          check: "%s"
                          level: %s
                          weight: %d
                    """.formatted(i, i, check, LEVELS.get(i % LEVELS.size()), 1 + i % 5));
            if (i == 0) {
                text.append("      message: \"").append(COUNTED).append("\"\n");
            }
        }
        return text.toString();
    }
}
