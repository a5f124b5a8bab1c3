package dev.muster.ingest.waiver;

import dev.muster.engine.definition.AttestationTerms;
import dev.muster.engine.definition.Nearest;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.library.Framework;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.ingest.catalog.EntityRef;
import dev.muster.ingest.declared.Declarations;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Rule;
import dev.muster.schemas.v1.Scorecard;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What an attestation or an exemption may be about: an entity of the catalogue, and a rule that it is held to.
@Component
final class RuleBook {

    private static final int MAX_REF = 200;
    private static final int MAX_NAME = 100;

    private final Declarations<Entity> entities;
    private final Declarations<Scorecard> scorecards;
    private final Framework framework;
    private final ScorecardCompiler compiler;

    RuleBook(Declarations<Entity> entities, Declarations<Scorecard> scorecards, Framework framework) {
        this.entities = entities;
        this.scorecards = scorecards;
        this.framework = framework;
        this.compiler = new ScorecardCompiler(framework.facts());
    }

    /// What somebody means.
    ///
    /// @param rule id of it
    /// @param scorecard empty for every one that has the rule
    /// @param terms who may attest it, by each of the scorecards that are meant; at least one
    record Meant(Entity entity, String rule, Optional<String> scorecard, List<AttestationTerms> terms) {

        Meant {
            terms = List.copyOf(terms);
        }
    }

    /// The entity that is in the catalogue now, when it is.
    Optional<Entity> entity(String ref) {
        return Optional.ofNullable(entities.current().get(ref));
    }

    /// Who may attest the rule, by each scorecard that is meant; empty when nothing has such a rule any more.
    List<AttestationTerms> terms(Entity entity, String rule, @Nullable String scorecard) {
        var published = scorecards.current();
        if (scorecard != null) {
            var named = published.get(scorecard);
            return named == null ? List.of() : terms(List.of(named), rule);
        }
        return terms(entity, rule, published);
    }

    private List<AttestationTerms> terms(Entity entity, String rule, Map<String, Scorecard> published) {
        var having = having(rule, published);
        return having.isEmpty()
                ? shipped().stream()
                        .filter(it -> it.id().equals(rule))
                        .map(it -> it.attestation() == null ? AttestationTerms.USUAL : it.attestation())
                        .toList()
                : terms(having.stream().filter(it -> appliesTo(it, entity)).toList(), rule);
    }

    private static List<AttestationTerms> terms(List<Scorecard> scorecards, String rule) {
        return scorecards.stream()
                .flatMap(scorecard -> scorecard.getRules().stream())
                .filter(it -> it.getId().equals(rule))
                .map(it -> terms(it.getAttestation()))
                .toList();
    }

    private static AttestationTerms terms(dev.muster.schemas.v1.@Nullable AttestationTerms it) {
        return it == null
                ? AttestationTerms.USUAL
                : new AttestationTerms(Set.copyOf(it.getBy()), Duration.ofMillis(it.getPeriodMillis()));
    }

    /// Reads the members `entity`, `rule` and `scorecard`.
    ///
    /// @return empty when any of them is a mistake
    Optional<Meant> read(Form form) {
        var entity = entity(form);
        var scorecard = form.optional("scorecard", MAX_NAME);
        var rule = form.text("rule", 1, MAX_NAME);
        if (entity.isEmpty() || rule.isEmpty()) {
            return Optional.empty();
        }
        var published = scorecards.current();
        var terms = scorecard.isPresent()
                ? termsIn(scorecard.get(), entity.get(), rule.get(), published, form)
                : termsAnywhere(entity.get(), rule.get(), published, form);
        return terms.isEmpty() ? Optional.empty() : Optional.of(new Meant(entity.get(), rule.get(), scorecard, terms));
    }

    private Optional<Entity> entity(Form form) {
        var text = form.text("entity", 1, MAX_REF);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var ref = EntityRef.parse(text.get(), "component", "default");
        if (ref.isEmpty()) {
            form.mistake("entity", "is no reference such as component:default/payments");
            return Optional.empty();
        }
        var known = entities.current();
        var entity = Optional.ofNullable(known.get(ref.get().toString()));
        if (entity.isEmpty()) {
            form.mistake(
                    "entity",
                    "'%s' is not in the catalogue%s"
                            .formatted(ref.get(), Nearest.hint(ref.get().toString(), known.keySet())));
        }
        return entity;
    }

    private List<AttestationTerms> termsIn(
            String name, Entity entity, String rule, Map<String, Scorecard> published, Form form) {
        var scorecard = published.get(name);
        if (scorecard == null) {
            form.mistake(
                    "scorecard",
                    "no scorecard is called '%s'%s".formatted(name, Nearest.hint(name, published.keySet())));
            return List.of();
        }
        if (!appliesTo(scorecard, entity)) {
            form.mistake("scorecard", "'%s' does not apply to %s".formatted(name, entity.getRef()));
            return List.of();
        }
        var terms = terms(List.of(scorecard), rule);
        if (terms.isEmpty()) {
            form.mistake(
                    "rule",
                    "'%s' has no rule '%s'%s".formatted(name, rule, Nearest.hint(rule, ids(scorecard.getRules()))));
        }
        return terms;
    }

    private List<AttestationTerms> termsAnywhere(
            Entity entity, String rule, Map<String, Scorecard> published, Form form) {
        var terms = terms(entity, rule, published);
        if (!terms.isEmpty()) {
            return terms;
        }
        var having = having(rule, published).stream()
                .map(Scorecard::getName)
                .sorted()
                .toList();
        if (having.isEmpty()) {
            var known = new TreeSet<String>();
            published.values().forEach(scorecard -> known.addAll(ids(scorecard.getRules())));
            shipped().forEach(it -> known.add(it.id()));
            form.mistake("rule", "no rule is called '%s'%s".formatted(rule, Nearest.hint(rule, known)));
        } else {
            form.mistake(
                    "rule",
                    "'%s' is a rule of %s only, which does not apply to %s"
                            .formatted(rule, String.join(", ", having), entity.getRef()));
        }
        return terms;
    }

    private static List<Scorecard> having(String rule, Map<String, Scorecard> published) {
        return published.values().stream()
                .filter(scorecard ->
                        scorecard.getRules().stream().anyMatch(it -> it.getId().equals(rule)))
                .toList();
    }

    private List<RuleDefinition> shipped() {
        return framework.rules().names().stream()
                .flatMap(name -> framework.rules().find(name).stream())
                .toList();
    }

    private static Collection<String> ids(List<Rule> rules) {
        return rules.stream().map(Rule::getId).toList();
    }

    /// Asks the engine, for which the rules of the scorecard do not matter here.
    private boolean appliesTo(Scorecard scorecard, Entity entity) {
        var scope = new ScorecardDefinition(
                scorecard.getName(),
                scorecard.getTitle(),
                null,
                null,
                scorecard.getAppliesTo(),
                scorecard.getLevels(),
                false,
                false,
                true,
                List.of());
        return compiler.compile(scope, scorecard.getVersion()).appliesTo(ScorecardMapping.toEngine(entity));
    }
}
