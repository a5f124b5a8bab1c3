package dev.muster.engine.rule;

import dev.muster.engine.definition.AttestationTerms;
import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.fact.FactCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes what tests of rules need, with the least words.
public final class A {

    /// The instant at which tests look.
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /// Facts that tests use.
    public static final FactCatalogue CATALOGUE = catalogue("""
            name: vulnerabilities
            kind: collection
            doc: Known vulnerabilities
            fields:
              id: { type: string, doc: CVE }
              severity: { type: string, doc: How bad }
              openedAt: { type: timestamp, doc: Since when }
              fixAvailable: { type: bool, doc: Whether there is a fix }
            ---
            name: alerts
            kind: collection
            bound: 3000
            doc: Alerts that fire
            fields:
              name: { type: string, doc: Name }
              startsAt: { type: timestamp, doc: Since when }
            ---
            name: coverage
            kind: object
            doc: Test coverage
            fields:
              newCode: { type: double, doc: Of new code }
              overall: { type: double, doc: Of all code }
            ---
            name: runbook
            kind: object
            doc: The runbook
            fields:
              exists: { type: bool, doc: Whether it is there }
              confirmedAt: { type: timestamp, doc: When somebody looked }
              reviewers: { type: list<string>, doc: Who looked }
              pages: { type: int, doc: How long }
            ---
            name: replicas
            kind: int
            maxAge: 1h
            merge: min
            doc: Instances that run
            ---
            name: exemptions
            kind: collection
            doc: Exemptions
            fields:
              rule: { type: string, doc: Rule }
              finding: { type: string, doc: Finding }
              reason: { type: string, doc: Why }
              approvedBy: { type: string, doc: Who }
              state: { type: string, doc: State }
              expires: { type: timestamp, doc: End }
            ---
            name: attestations
            kind: collection
            doc: Attestations
            fields:
              rule: { type: string, doc: Rule }
              by: { type: string, doc: Who }
              evidence: { type: string, doc: What }
              at: { type: timestamp, doc: When }
              expires: { type: timestamp, doc: End }
            """);

    private A() {}

    public static FactCatalogue catalogue(String yaml) {
        try {
            return FactCatalogue.parse(Map.of("facts.yaml", yaml));
        } catch (DefinitionException wrong) {
            throw new AssertionError(wrong);
        }
    }

    public static EntityView entity() {
        return entity(1);
    }

    public static EntityView entity(int tier) {
        return new EntityView(
                "component:default/payments",
                "Component",
                "default",
                "payments",
                "Payments",
                "service",
                "production",
                "group:default/payments",
                null,
                tier,
                List.of("java", "pci"),
                Map.of("github.com/project-slug", "acme/payments"),
                List.of("component:default/ledger"));
    }

    public static ScorecardDefinition scorecard(RuleDefinition... rules) {
        return new ScorecardDefinition(
                "readiness",
                "Readiness",
                null,
                null,
                "true",
                List.of("bronze", "silver"),
                true,
                true,
                false,
                Arrays.asList(rules));
    }

    public static Rule rule(String id, String check) {
        return new Rule(id, check);
    }

    /// Builds a rule.
    public static final class Rule {
        private final String id;
        private final String check;
        private String appliesTo;
        private String warn;
        private String message;
        private String level = "bronze";
        private Duration fresh;
        private Instant effectiveFrom;
        private Map<String, Object> params = Map.of();
        private Map<Integer, Map<String, Object>> tiers = Map.of();
        private @Nullable AttestationTerms attestation;

        private Rule(String id, String check) {
            this.id = id;
            this.check = check;
        }

        public Rule appliesTo(String value) {
            appliesTo = value;
            return this;
        }

        public Rule warn(String value) {
            warn = value;
            return this;
        }

        public Rule message(String value) {
            message = value;
            return this;
        }

        public Rule level(String value) {
            level = value;
            return this;
        }

        public Rule fresh(Duration value) {
            fresh = value;
            return this;
        }

        public Rule effectiveFrom(String value) {
            effectiveFrom = Instant.parse(value);
            return this;
        }

        public Rule tiers(Map<Integer, Map<String, Object>> value) {
            tiers = value;
            return this;
        }

        public Rule attestation(AttestationTerms value) {
            attestation = value;
            return this;
        }

        public Rule params(Map<String, Object> value) {
            params = value;
            return this;
        }

        public RuleDefinition build() {
            return new RuleDefinition(
                    id,
                    "Title of " + id,
                    null,
                    appliesTo,
                    check,
                    warn,
                    message,
                    level,
                    1,
                    fresh,
                    effectiveFrom,
                    null,
                    null,
                    null,
                    params,
                    tiers,
                    attestation,
                    null,
                    null);
        }
    }
}
