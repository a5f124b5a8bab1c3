package dev.muster.engine.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelLateFunctionBindings;
import dev.cel.runtime.CelVariableResolver;
import dev.muster.engine.definition.DurationText;
import dev.muster.engine.definition.RuleDefinition;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactReading;
import dev.muster.engine.result.Evidence;
import dev.muster.engine.result.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Judges rules for one entity at one instant, one after another.
///
/// The first of these that holds decides: the rule does not apply, or not yet; an exemption stands; a fact was
/// never reported; evidence is too old; the check. A person's attestation stands in for missing and for old evidence,
/// unless the check asks for one itself. A rule that does not count yet says what it would be if it did.
@SuppressWarnings("Immutable") // CEL wants pure functions; what attested() remembers no expression can see
final class Judgement {

    /// What a message may read beside what its check reads: the outcome that it is of.
    static final String OUTCOME = "outcome";

    private static final int LONGEST_MESSAGE = 1_000;

    private final EntityFacts facts;
    private final FactCatalogue catalogue;
    private final Waivers waivers;
    private final Ticks ticks;
    private final Steps steps;
    private final int tier;
    private final Asking asking;
    private @Nullable CelFunctionResolver functions;
    private final Plan.Late late = new Plan.Late() {
        @Override
        public boolean within(Instant from, Duration span) {
            return ticks.within(from, span);
        }

        @Override
        public boolean attested() {
            return Judgement.this.attested();
        }
    };
    private @Nullable CompiledRule current;

    Judgement(
            EntityFacts facts,
            FactCatalogue catalogue,
            Waivers waivers,
            int tier,
            Ticks ticks,
            Steps steps,
            Asking asking) {
        this.facts = facts;
        this.catalogue = catalogue;
        this.waivers = waivers;
        this.tier = tier;
        this.asking = asking;
        this.ticks = ticks;
        this.steps = steps;
    }

    /// The same for CEL's runtime. Made when it is first asked.
    private CelFunctionResolver functions() {
        if (functions == null) {
            var late = new ArrayList<>(ticks.functions());
            late.add(CelFunctionBinding.from("muster_attested", List.of(), _ -> attested()));
            functions = CelLateFunctionBindings.from(late);
        }
        return functions;
    }

    /// An outcome without its history.
    record Verdict(Outcome outcome, String message, List<Evidence> evidence) {}

    /// Throws only what loading facts throws. [Ticks#next] then says when the verdict can become another one.
    Verdict of(CompiledRule rule) {
        ticks.reset();
        current = rule;
        return unlessBroken(rule, () -> judge(rule));
    }

    /// Makes a verdict, and may break while it does.
    private interface Judging {
        Verdict judge() throws CelEvaluationException;
    }

    private Verdict unlessBroken(CompiledRule rule, Judging judging) {
        try {
            return judging.judge();
        } catch (CelEvaluationException | RuntimeException | StackOverflowError broken) {
            FactsFailed.passOn(broken);
            var answer = NoAnswer.in(broken);
            return answer == null
                    ? verdict(Outcome.ERROR, Reasons.of(broken), evidence(rule))
                    : withoutAnswer(rule, answer.outcome(), answer.reason());
        }
    }

    private Verdict withoutAnswer(CompiledRule rule, Outcome outcome, String reason) {
        return waivers.wasAttested(rule.id()) && !rule.attests()
                ? attested(rule, Outcome.STALE, "the attestation has ended, and " + reason)
                : verdict(outcome, reason, evidence(rule));
    }

    /// What `attested()` says of the rule that is judged.
    private boolean attested() {
        var rule = Objects.requireNonNull(current);
        if (waivers.attestation(rule, ticks).isPresent()) {
            return true;
        }
        throw waivers.wasAttested(rule.id())
                ? new NoAnswer(Outcome.STALE, "the attestation has ended; " + Reasons.attesters(rule.terms()))
                : new NoAnswer(Outcome.UNKNOWN, "nobody has attested it yet; " + Reasons.attesters(rule.terms()));
    }

    private Verdict judge(CompiledRule rule) throws CelEvaluationException {
        var definition = rule.definition();
        var check = rule.check();
        if (rule.flaw() != null || check == null) {
            return verdict(Outcome.ERROR, String.valueOf(rule.flaw()), List.of());
        }
        var params = new StructureValue(rule.paramsType(), rule.params(tier), steps);
        var scope = rule.appliesTo();
        if (scope != null && !truth(scope, facts.variables(params, Set.of()))) {
            var reason = Reasons.notApplicable(String.valueOf(definition.appliesTo()), scope.entity(), facts.entity());
            return verdict(Outcome.NOT_APPLICABLE, reason, List.of());
        }
        var effectiveFrom = definition.effectiveFrom();
        return effectiveFrom != null && ticks.before(effectiveFrom)
                ? ahead(rule, check, params, effectiveFrom)
                : counted(rule, check, params);
    }

    /// What a rule that counts later would be if it counted now. [Ticks#next] says when that changes, or when it
    /// counts.
    private Verdict ahead(CompiledRule rule, Expression check, StructureValue params, Instant effectiveFrom) {
        var asOfNow = unlessBroken(rule, () -> counted(rule, check, params));
        ticks.before(effectiveFrom); // the verdict may have reset them
        return verdict(Outcome.NOT_APPLICABLE, Reasons.ahead(effectiveFrom, asOfNow), asOfNow.evidence());
    }

    private Verdict counted(CompiledRule rule, Expression check, StructureValue params) throws CelEvaluationException {
        var exemption = waivers.exemption(rule.id(), ticks);
        if (exemption.isPresent()) {
            return verdict(
                    Outcome.EXEMPT,
                    Reasons.exempt(exemption.get()),
                    List.of(exemption.get().item().evidence()));
        }
        var missing = those(rule.needs(), Optional::isEmpty);
        if (!missing.isEmpty()) {
            return withoutAnswer(rule, Outcome.UNKNOWN, Reasons.missing(missing, catalogue, facts.deleted()));
        }
        var old = tooOld(rule);
        if (old != null) {
            return attested(rule, Outcome.STALE, old);
        }
        return check(rule, check, facts.variables(params, waivers.findings(rule.id(), ticks)));
    }

    private List<String> those(Set<String> read, Predicate<Optional<FactReading>> which) {
        List<String> those = List.of();
        for (var fact : read) {
            if (which.test(facts.reading(fact))) {
                those = those.isEmpty() ? new ArrayList<>() : those;
                those.add(fact);
            }
        }
        return those;
    }

    private Verdict attested(CompiledRule rule, Outcome otherwise, String message) {
        return Optional.of(rule)
                .filter(it -> !it.attests())
                .flatMap(it -> waivers.attestation(it, ticks))
                .map(found -> verdict(
                        Outcome.PASS,
                        Reasons.attested(found),
                        List.of(found.item().evidence())))
                .orElseGet(() -> verdict(otherwise, message, evidence(rule)));
    }

    /// Says which fact is too old, and tells [Ticks] when the first of the others will be.
    private @Nullable String tooOld(CompiledRule rule) {
        String old = null;
        for (var fact : rule.rests()) {
            var fresh = fresh(rule.definition(), fact);
            var observedAt = facts.reading(fact).map(FactReading::observedAt).orElse(null);
            if (fresh != null && observedAt != null && !ticks.before(Ticks.after(observedAt, fresh)) && old == null) {
                old = "the last report of " + fact + " is of " + observedAt + ", and counts for "
                        + DurationText.format(fresh);
            }
        }
        if (old != null) {
            ticks.reset(); // nothing but news can change it
        }
        return old;
    }

    private @Nullable Duration fresh(RuleDefinition rule, String fact) {
        return rule.fresh() != null
                ? rule.fresh()
                : catalogue.find(fact).map(FactDeclaration::maxAge).orElse(null);
    }

    private Verdict check(CompiledRule rule, Expression check, CelVariableResolver variables)
            throws CelEvaluationException {
        if (!truth(check, variables)) {
            return verdict(Outcome.FAIL, message(rule, Outcome.FAIL, variables), evidence(rule));
        }
        var incomplete = those(
                rule.rests(), reading -> reading.map(FactReading::overflowed).orElse(false));
        if (!incomplete.isEmpty()) {
            return verdict(Outcome.ERROR, Reasons.incomplete(incomplete), evidence(rule));
        }
        var outcome = rule.warn() != null && truth(rule.warn(), variables) ? Outcome.WARN : Outcome.PASS;
        return verdict(outcome, message(rule, outcome, variables), evidence(rule));
    }

    private String message(CompiledRule rule, Outcome outcome, CelVariableResolver variables) {
        var made = Reasons.made(rule.definition().title(), outcome);
        if (rule.message() == null) {
            return made;
        }
        try {
            CelVariableResolver ofMessage =
                    name -> name.equals(OUTCOME) ? Optional.of(outcome.name()) : variables.find(name);
            return String.valueOf(eval(rule.message(), ofMessage));
        } catch (CelEvaluationException | RuntimeException | StackOverflowError broken) {
            FactsFailed.passOn(broken);
            return made + " (its message broke: " + Reasons.of(broken) + ")";
        }
    }

    private boolean truth(Expression expression, CelVariableResolver variables) throws CelEvaluationException {
        var value = eval(expression, variables);
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new IllegalArgumentException("the expression gave " + value + " in place of true or false");
    }

    private Object eval(Expression expression, CelVariableResolver variables) throws CelEvaluationException {
        return asking.ask(expression, variables, this::functions, late, steps);
    }

    private List<Evidence> evidence(CompiledRule rule) {
        var evidence = new ArrayList<Evidence>();
        rule.rests().forEach(fact -> facts.reading(fact).ifPresent(reading -> evidence.addAll(reading.evidence())));
        if (rule.attests()) {
            waivers.lastAttestation(rule)
                    .ifPresent(last -> evidence.add(last.item().evidence()));
        }
        return evidence;
    }

    private static Verdict verdict(Outcome outcome, String message, List<Evidence> evidence) {
        var text = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE - 1) + "…" : message;
        return new Verdict(outcome, text, evidence);
    }
}
