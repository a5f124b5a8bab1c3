package dev.muster.engine.replay;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactCause;
import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.replay.Known.Subject;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.Transitions;
import dev.muster.engine.rule.CompiledScorecard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Recorded facts once more, judged by one scorecard as if it had been published then.
///
/// Changes go in by [#take] in the order of their times. Facts from before `since` only make the state. At `since`
/// every entity that the scorecard applies to has its first result; from then on each change of a fact is judged at its
/// time, and between two of them every instant at which a result changes by itself, in order.
///
/// **Promises.** The result at any instant is the one that judging live, event by event, had given then; how often and
/// with which instants [#advance] is called in between makes no difference. Neither makes a change that was replayed
/// twice, or one whose news are older than what is known. State grows with subjects, their items up to the bound, and
/// entities; never with the number of changes.
///
/// **Does not promise.** Entities and claims are those that were given, at all times. Facts that an evaluation tells of
/// its own results (which level a dependency reached) are taken as they were recorded. Not thread-safe.
public final class Replay {

    private record Due(Instant at, String entity) {}

    private static final Comparator<Due> ORDER = Comparator.comparing(Due::at).thenComparing(Due::entity);

    private final CompiledScorecard scorecard;
    private final FactCatalogue catalogue;
    private final Instant since;
    private final ReplayListener listener;
    private final SortedMap<String, Known> entities = new TreeMap<>();
    private final Map<String, Map<String, FactState>> registers = new HashMap<>();
    private final Map<String, List<Known>> claimants = new HashMap<>();
    private final SortedMap<String, Result> results = new TreeMap<>();
    private final TreeSet<Due> timers = new TreeSet<>(ORDER);
    private Instant now = Instant.MIN;
    private boolean begun;

    /// Nothing told yet.
    ///
    /// @param catalogue the one that the scorecard was compiled with
    /// @param claimants all entities; those that the scorecard does not apply to are left out
    /// @param since from when on results are judged
    public Replay(
            CompiledScorecard scorecard,
            FactCatalogue catalogue,
            Collection<Claimant> claimants,
            Instant since,
            ReplayListener listener) {
        this.scorecard = scorecard;
        this.catalogue = catalogue;
        this.since = since;
        this.listener = listener;
        claimants.stream().filter(it -> scorecard.appliesTo(it.entity())).forEach(this::claim);
    }

    private void claim(Claimant claimant) {
        var subjects = claimant.subjects().stream()
                .map(it -> new Subject(it, registers.computeIfAbsent(it, _ -> new HashMap<>())))
                .toList();
        var known = new Known(claimant.entity(), subjects);
        entities.put(claimant.entity().ref(), known);
        claimant.subjects()
                .forEach(it ->
                        claimants.computeIfAbsent(it, _ -> new ArrayList<>()).add(known));
    }

    /// Takes one change of a fact.
    ///
    /// @param at when it became known; one before the latest counts as at that
    public void take(Instant at, String subject, FactChange change) {
        advance(at);
        var known = registers.get(subject);
        var rules = scorecard.rulesReading(change.fact());
        if (known == null || rules.isEmpty()) {
            return;
        }
        var before = known.get(change.fact());
        var after = Registers.apply(before, change, bound(change.fact()));
        if (same(before, after)) {
            return;
        }
        known.put(change.fact(), after);
        for (var entity : requireNonNull(claimants.get(subject))) {
            entity.changed(change.fact());
            if (begun) {
                var cause = FactCause.of(subject, change, before, after, scorecard.version());
                judge(entity, now, rules, cause);
            }
        }
    }

    /// Lets time pass: judges at every instant up to and with `to` at which a result changes by itself.
    public void advance(Instant to) {
        if (to.isAfter(now)) {
            if (!begun && !to.isBefore(since)) {
                begin();
            }
            while (!timers.isEmpty() && !timers.first().at().isAfter(to)) {
                fire(timers.first());
            }
            now = to;
        }
    }

    /// Current results by entity; empty before `since`.
    public SortedMap<String, Result> results() {
        return Collections.unmodifiableSortedMap(results);
    }

    private void begin() {
        begun = true;
        for (var entity : entities.values()) {
            var first = scorecard.evaluate(entity.entity(), entity, since, null, scorecard.rules());
            keep(null, first);
            listener.began(entity.entity(), first);
        }
    }

    private void fire(Due due) {
        var before = requireNonNull(results.get(due.entity()));
        judge(
                requireNonNull(entities.get(due.entity())),
                due.at(),
                scorecard.rulesDue(before, due.at()),
                Cause.clock(due.at(), scorecard.version()));
    }

    private void judge(Known entity, Instant at, Set<String> rules, Cause cause) {
        var before = requireNonNull(results.get(entity.entity().ref()));
        var after = scorecard.evaluate(entity.entity(), entity, at, before, rules);
        keep(before, after);
        Transitions.between(before, after, scorecard.definition().levels(), cause)
                .ifPresent(it -> listener.changed(entity.entity(), before, after, it, cause));
    }

    private void keep(@Nullable Result before, Result after) {
        if (before != null) {
            var due = due(before);
            if (due != null) {
                timers.remove(due);
            }
        }
        results.put(after.entity(), after);
        var due = due(after);
        if (due != null) {
            timers.add(due);
        }
    }

    /// A next change that is not in the future would never end.
    private static @Nullable Due due(Result result) {
        var next = result.nextChangeAt();
        return next == null
                ? null
                : new Due(
                        next.isAfter(result.evaluatedAt())
                                ? next
                                : result.evaluatedAt().plusSeconds(1),
                        result.entity());
    }

    private int bound(String fact) {
        return catalogue.find(fact).map(FactDeclaration::bound).orElse(FactDeclaration.DEFAULT_BOUND);
    }

    /// Registers hand back the very same state when nothing changed.
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(@Nullable FactState before, FactState after) {
        return before == after;
    }
}
