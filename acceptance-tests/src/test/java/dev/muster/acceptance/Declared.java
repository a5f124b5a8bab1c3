package dev.muster.acceptance;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files that a team would write.
final class Declared {

    private Declared() {}

    /// A team with a mailbox.
    ///
    /// @param annotations further ones
    static String team(String name, String... annotations) {
        return """
                apiVersion: backstage.io/v1alpha1
                kind: Group
                metadata:
                  name: %s
                  annotations: { %s }
                spec: { type: team, children: [] }
                """.formatted(
                        name,
                        Stream.concat(Stream.of("muster.dev/email: " + name + "@example.org"), Stream.of(annotations))
                                .collect(Collectors.joining(", ")));
    }

    /// A component in `github.com/acme/<name>`, whose type is not `service`: the scorecard of the examples applies to
    /// those, and its transitions and messages belong to [ReadmeStory], in whatever order the stories are told.
    static String service(String name, String team) {
        return """
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata:
                  name: %s
                  annotations: { github.com/project-slug: acme/%s, muster.dev/tier: "1" }
                spec: { type: backend, lifecycle: production, owner: group:default/%s }
                """.formatted(name, name, team);
    }

    static String catalog(String... descriptors) {
        return String.join("---\n", descriptors);
    }

    /// A scorecard that applies to the components whose names begin with `prefix`.
    static String scorecard(String name, String prefix, String rules) {
        return """
                apiVersion: muster.dev/v1
                kind: Scorecard
                metadata: { name: %s, title: %s, owner: group:default/platform }
                spec:
                  appliesTo: entity.kind == 'Component' && entity.name.startsWith('%s')
                  levels: [bronze, silver]
                  rules:
                %s
                """.formatted(name, name, prefix, rules.indent(4));
    }

    /// At most `critical` critical vulnerabilities; and a rule that reads something else.
    static String vulnerabilityRules(int critical) {
        return """
                - use: framework/max-known-vulnerabilities
                  with: { maxCritical: %d, maxHigh: 100 }
                - id: runbook-exists
                  title: A runbook exists
                  check: runbook.exists
                  level: silver
                """.formatted(critical);
    }
}
