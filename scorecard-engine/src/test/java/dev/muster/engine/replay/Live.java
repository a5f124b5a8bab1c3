package dev.muster.engine.replay;

import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.result.Result;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.engine.rule.EntityView;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Judges live, as the evaluator does but the expensive way: every entity has its own copy of what it knows, and all
/// rules are asked of all of it at every instant and after every event. There are no timers.
final class Live {

    private static final int BOUND = 5000;

    private static final class One {
        private final SortedMap<String, Map<String, FactState>> known = new TreeMap<>();
        private EntityView view;
    }

    private final SortedMap<String, One> entities = new TreeMap<>();
    private final Map<String, Map<String, FactState>> told = new HashMap<>();
    private final SortedMap<String, Result> results = new TreeMap<>();
    private final Instant since;
    private CompiledScorecard scorecard;
    private Instant now = Instant.MIN;

    /// @param since from when on it looks
    Live(Instant since) {
        this.since = since;
    }

    SortedMap<String, Result> results() {
        return results;
    }

    /// Looks at the clock.
    void look(Instant at) {
        now = at;
        entities.values().forEach(this::judge);
    }

    void hear(Event event) {
        switch (event) {
            case Event.Fact it -> fact(it);
            case Event.Declaration it -> declared(it.entity());
            case Event.Deletion it -> {
                entities.remove(it.ref());
                results.remove(it.ref());
            }
            case Event.Publication it -> {
                scorecard = it.scorecard();
                entities.values().forEach(this::judge);
            }
            case Event.Withdrawal _ -> {
                scorecard = null;
                results.clear();
            }
        }
    }

    private void fact(Event.Fact it) {
        apply(told.computeIfAbsent(it.subject(), _ -> new HashMap<>()), it);
        for (var one : entities.values()) {
            if (one.known.containsKey(it.subject())) {
                apply(one.known.get(it.subject()), it);
                judge(one);
            }
        }
    }

    private static void apply(Map<String, FactState> known, Event.Fact it) {
        known.compute(it.change().fact(), (_, state) -> Registers.apply(state, it.change(), BOUND));
    }

    private void declared(Claimant it) {
        var one = entities.computeIfAbsent(it.entity().ref(), _ -> new One());
        one.view = it.entity();
        judge(one);
        for (var subject : new TreeSet<>(one.known.keySet())) {
            if (!it.subjects().contains(subject)) {
                one.known.remove(subject);
                judge(one);
            }
        }
        for (var subject : new TreeSet<>(it.subjects())) {
            if (!one.known.containsKey(subject)) {
                one.known.put(subject, new HashMap<>(told.getOrDefault(subject, Map.of())));
                judge(one);
            }
        }
    }

    private void judge(One one) {
        if (now.isBefore(since)) {
            return;
        }
        var ref = one.view.ref();
        if (scorecard == null || !scorecard.appliesTo(one.view)) {
            results.remove(ref);
            return;
        }
        var before = results.get(ref);
        var after = scorecard.evaluate(
                one.view,
                fact -> one.known.entrySet().stream()
                        .filter(it -> it.getValue().containsKey(fact))
                        .map(it -> new SubjectFact(it.getKey(), it.getValue().get(fact)))
                        .toList(),
                now,
                before,
                scorecard.rules());
        if (before == null || !said(before).equals(said(after))) {
            results.put(ref, after);
        }
    }

    /// Everything but when it was evaluated.
    private static Result said(Result it) {
        return new Result(
                it.entity(),
                it.scorecard(),
                it.scorecardVersion(),
                it.level(),
                it.score(),
                it.coverage(),
                Instant.EPOCH,
                it.rules(),
                it.nextChangeAt());
    }
}
