package dev.muster.engine.rule;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.RuleOutcome;
import dev.muster.engine.result.Scoring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A scorecard ready to evaluate. Thread-safe; reads no clock, and nothing but the [Facts] that it is given.
public final class CompiledScorecard {

    private final ScorecardDefinition definition;
    private final int version;
    private final EntityScope scope;
    private final Map<String, CompiledRule> rules = new LinkedHashMap<>();
    private final Map<String, Set<String>> readers;
    private final FactCatalogue catalogue;
    private final FactTypes types;
    private final RuleListener listener;

    CompiledScorecard(
            ScorecardDefinition definition,
            int version,
            EntityScope scope,
            List<CompiledRule> rules,
            FactCatalogue catalogue,
            FactTypes types,
            RuleListener listener) {
        this.definition = definition;
        this.version = version;
        this.scope = scope;
        this.catalogue = catalogue;
        this.types = types;
        this.listener = listener;
        rules.forEach(rule -> this.rules.put(rule.id(), rule));
        this.readers = readers(rules);
    }

    private static Map<String, Set<String>> readers(List<CompiledRule> rules) {
        var readers = new LinkedHashMap<String, Set<String>>();
        for (var rule : rules) {
            var facts = new TreeSet<>(rule.reads());
            facts.add(Waivers.EXEMPTIONS);
            facts.add(Waivers.ATTESTATIONS);
            facts.forEach(fact ->
                    readers.computeIfAbsent(fact, _ -> new LinkedHashSet<>()).add(rule.id()));
        }
        return readers.entrySet().stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> Collections.unmodifiableSet(entry.getValue())));
    }

    public ScorecardDefinition definition() {
        return definition;
    }

    public int version() {
        return version;
    }

    /// Whether the scorecard scores the entity; false also when `appliesTo` breaks for it.
    public boolean appliesTo(EntityView entity) {
        return scope.has(entity);
    }

    /// Ids of all rules, in the order of the file: to touch everything.
    public Set<String> rules() {
        return Collections.unmodifiableSet(rules.keySet());
    }

    /// Ids of the rules that do not judge like those of `before`, the new ones among them.
    public Set<String> editedSince(CompiledScorecard before) {
        var edited = new LinkedHashSet<String>();
        rules.forEach((id, rule) -> {
            var then = before.rules.get(id);
            if (then == null || !then.definition().judgesLike(rule.definition())) {
                edited.add(id);
            }
        });
        return edited;
    }

    /// Names of all facts that any rule reads, exemptions and attestations among them.
    public Set<String> factsRead() {
        return readers.keySet();
    }

    /// Ids of the rules whose outcome or message can depend on `fact`.
    public Set<String> rulesReading(String fact) {
        return readers.getOrDefault(fact, Set.of());
    }

    /// Ids of the rules of `result` whose next change is due at `now`.
    public Set<String> rulesDue(Result result, Instant now) {
        var due = new LinkedHashSet<String>();
        for (var outcome : result.rules()) {
            if (outcome.nextChangeAt() != null && !outcome.nextChangeAt().isAfter(now)) {
                due.add(outcome.rule());
            }
        }
        return due;
    }

    /// Evaluates the touched rules and those that are due, and carries the other outcomes over as they are.
    ///
    /// With no `previous` result, or one of another version of the scorecard, every rule is evaluated.
    /// `since` is kept while an outcome stays, also across versions.
    ///
    /// Never throws for any data; an exception of `facts` itself goes through as it is.
    ///
    /// @param touched ids of rules that read what changed; for a changed entity or changed claims [#rules()]
    public Result evaluate(
            EntityView entity, Facts facts, Instant now, @Nullable Result previous, Set<String> touched) {
        var carries = previous != null && previous.scorecardVersion() == version;
        return evaluate(entity, facts, now, previous, touched, carries);
    }

    /// The same after an edit: evaluates the rules that are not as they were, and those that are due.
    ///
    /// @param previous of the version before the edit
    /// @param edited ids of the rules that do not judge like those of that version, see [#editedSince]
    public Result evaluateEdited(EntityView entity, Facts facts, Instant now, Result previous, Set<String> edited) {
        return evaluate(entity, facts, now, previous, edited, true);
    }

    private Result evaluate(
            EntityView entity,
            Facts facts,
            Instant now,
            @Nullable Result previous,
            Set<String> touched,
            boolean carries) {
        try {
            var steps = new Steps();
            return result(
                    entity.ref(),
                    now,
                    steps.during(() -> outcomes(entity, facts, now, previous, touched, carries, steps)));
        } catch (FactsFailed failed) {
            throw failed.original();
        }
    }

    /// Explains rules: evaluates them and keeps what their expressions were made of. The outcomes are those that
    /// [#evaluate] gives at that instant.
    ///
    /// Never throws for any data; an exception of `facts` itself goes through as it is. Takes some times as
    /// long as an evaluation: it is for people who ask.
    ///
    /// @param explained ids of rules; those that the scorecard does not have are left out
    /// @return in the order of the scorecard
    public List<RuleExplanation> explain(EntityView entity, Facts facts, Instant now, Set<String> explained) {
        var steps = new Steps();
        try {
            return steps.during(() -> explanations(entity, facts, now, explained, steps));
        } catch (FactsFailed failed) {
            throw failed.original();
        }
    }

    private List<RuleExplanation> explanations(
            EntityView entity, Facts facts, Instant now, Set<String> explained, Steps steps) {
        var ticks = new Ticks(now);
        var trace = new Trace();
        var read = new EntityFacts(catalogue, types, entity, facts, steps);
        var judgement = judgement(entity, read, ticks, steps, trace);
        var explanations = new ArrayList<RuleExplanation>();
        for (var rule : rules.values()) {
            if (explained.contains(rule.id())) {
                trace.clear();
                var verdict = judgement.of(rule);
                steps.reset();
                explanations.add(Explaining.of(rule, entity.tier(), verdict, ticks.next(), read, trace));
            }
        }
        return explanations;
    }

    private Judgement judgement(EntityView entity, EntityFacts read, Ticks ticks, Steps steps, Asking asking) {
        var waivers = new Waivers(definition.name(), entity.ref(), read);
        return new Judgement(read, catalogue, waivers, entity.tier(), ticks, steps, asking);
    }

    private List<RuleOutcome> outcomes(
            EntityView entity,
            Facts facts,
            Instant now,
            @Nullable Result previous,
            Set<String> touched,
            boolean carries,
            Steps steps) {
        var before = previous == null ? List.<RuleOutcome>of() : previous.rules();
        var ticks = new Ticks(now);
        var read = new EntityFacts(catalogue, types, entity, facts, steps);
        var judgement = judgement(entity, read, ticks, steps, Expression::eval);
        var outcomes = new ArrayList<RuleOutcome>(rules.size());
        for (var rule : rules.values()) {
            var known = RuleOutcome.find(before, outcomes.size(), rule.id());
            if (carries && known != null && !touched.contains(rule.id()) && !isDue(known, now)) {
                outcomes.add(known);
            } else {
                listener.evaluated(definition.name(), rule.id());
                var verdict = judgement.of(rule);
                var since = known != null && known.outcome() == verdict.outcome() ? known.since() : now;
                outcomes.add(new RuleOutcome(
                        rule.id(), verdict.outcome(), since, verdict.message(), verdict.evidence(), ticks.next()));
            }
        }
        return outcomes;
    }

    private Result result(String entity, Instant now, List<RuleOutcome> outcomes) {
        var marks = new ArrayList<Scoring.Mark>(outcomes.size());
        for (var outcome : outcomes) {
            var rule = Objects.requireNonNull(rules.get(outcome.rule())).definition();
            marks.add(new Scoring.Mark(rule.level(), rule.weight(), outcome.outcome()));
        }
        var score = Scoring.of(definition.levels(), marks);
        return new Result(
                entity,
                definition.name(),
                version,
                score.level(),
                score.score(),
                score.coverage(),
                now,
                outcomes,
                nextChange(outcomes));
    }

    private static @Nullable Instant nextChange(List<RuleOutcome> outcomes) {
        Instant next = null;
        for (var outcome : outcomes) {
            var own = outcome.nextChangeAt();
            if (own != null && (next == null || own.isBefore(next))) {
                next = own;
            }
        }
        return next;
    }

    private static boolean isDue(RuleOutcome outcome, Instant now) {
        return outcome.nextChangeAt() != null && !outcome.nextChangeAt().isAfter(now);
    }
}
