package dev.muster.routing;

import java.util.Set;

/// Changes that tests share.
final class Examples {

    static final String TEAM = "group:default/payments-team";

    private Examples() {}

    /// Payments, of tier 1, lost silver because of a vulnerability.
    static Change lost() {
        return new Change(
                ChangeKind.REGRESSED,
                "component:default/payments",
                TEAM,
                "production-readiness",
                1,
                Set.of("pci", "java"),
                Set.of("max-known-vulnerabilities"),
                Set.of("silver"),
                "bronze",
                "silver",
                "github");
    }

    /// The same without a lost level.
    static Change broke(String... rules) {
        return new Change(
                ChangeKind.REGRESSED,
                "component:default/payments",
                TEAM,
                "production-readiness",
                1,
                Set.of("pci", "java"),
                Set.of(rules),
                Set.of("bronze"),
                "bronze",
                null,
                "github");
    }

    static Change with(Change it, ChangeKind kind, int tier) {
        return new Change(
                kind,
                it.entity(),
                it.owner(),
                it.scorecard(),
                tier,
                it.tags(),
                it.rules(),
                it.ruleLevels(),
                it.level(),
                kind == ChangeKind.REGRESSED ? it.lost() : null,
                it.source());
    }

    /// A file with this tree below `spec`.
    static String file(String spec) {
        return "apiVersion: muster.dev/v1\nkind: Routes\nspec:\n" + spec.indent(2);
    }

    static Routes read(String spec) {
        try {
            return RoutesReader.read("routes.yaml", file(spec), Set.of("platform", "pager", "digest"));
        } catch (RoutesException e) {
            throw new AssertionError(e);
        }
    }
}
