package dev.muster.portal.backtest;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

import dev.muster.engine.definition.ScorecardDefinition;
import dev.muster.engine.replay.ReplayListener;
import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Outcome;
import dev.muster.engine.result.Result;
import dev.muster.engine.result.Transition;
import dev.muster.engine.result.TransitionKind;
import dev.muster.engine.rule.EntityView;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts what replays tell, of some entities after the other. Grows with entities and with [Messages], never with
/// transitions.
final class Tally implements ReplayListener {

    /// Entities that are told one by one.
    static final int ENTITIES = 500;

    /// Transitions that are told from either end.
    static final int EXAMPLES = 20;

    private static final class OfRule {
        private final int place;
        private long changes;
        private int entities;
        private final Map<Outcome, Integer> then = new EnumMap<>(Outcome.class);
        private final Map<Outcome, Integer> now = new EnumMap<>(Outcome.class);

        OfRule(int place) {
            this.place = place;
        }

        void happened(OfEntity it) {
            changes++;
            if (!it.rules.get(place)) {
                it.rules.set(place);
                entities++;
            }
        }
    }

    private static final class OfEntity {
        private final @Nullable String owner;
        private final BitSet rules = new BitSet(); // those that changed
        private @Nullable String then;
        private @Nullable String now;
        private long transitions;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;

        OfEntity(@Nullable String owner, @Nullable String then) {
            this.owner = owner;
            this.then = then;
            this.now = then;
        }

        void happened(Instant at) {
            transitions++;
            first = transitions == 1 ? at : first;
            last = at;
        }
    }

    private final ScorecardDefinition scorecard;
    private final Map<String, OfRule> rules = new LinkedHashMap<>();
    private final Map<String, OfEntity> entities = new TreeMap<>();
    private final Map<TransitionKind, Long> kinds = new EnumMap<>(TransitionKind.class);
    private final Ends<BacktestReport.Example> examples =
            new Ends<>(EXAMPLES, comparing(BacktestReport.Example::at).thenComparing(BacktestReport.Example::entity));
    private final Messages messages = new Messages();

    Tally(ScorecardDefinition scorecard) {
        this.scorecard = scorecard;
        scorecard.rules().forEach(rule -> rule(rule.id()));
    }

    @Override
    public void began(EntityView entity, Result first, Cause cause) {
        var again = entities.get(entity.ref());
        if (again != null) {
            again.now = first.level();
            return;
        }
        entities.put(entity.ref(), new OfEntity(entity.owner(), first.level()));
        first.rules().forEach(it -> rule(it.rule()).then.merge(it.outcome(), 1, Integer::sum));
    }

    @Override
    public void changed(EntityView entity, Result before, Result after, Transition transition, Cause cause) {
        kinds.merge(transition.kind(), 1L, Long::sum);
        var it = requireNonNull(entities.get(entity.ref()));
        it.now = after.level();
        if (transition.kind() == TransitionKind.BASELINE && it.transitions == 0) {
            arrived(it, after, transition);
            return;
        }
        for (var change : transition.changes()) {
            if (change.before() != change.after()) {
                rule(change.rule()).happened(it);
            }
        }
        it.happened(after.evaluatedAt());
        messages.heard(entity, after, transition, cause, scorecard.notifies(transition.kind()));
        example(entity, before, after, transition, cause, after.evaluatedAt());
    }

    /// What was so before anybody looked belongs to what was there at first.
    private void arrived(OfEntity it, Result after, Transition transition) {
        it.then = after.level();
        for (var change : transition.changes()) {
            var then = rule(change.rule()).then;
            if (change.before() != null) {
                then.computeIfPresent(change.before(), (_, entities) -> entities > 1 ? entities - 1 : null);
            }
            if (change.after() != null) {
                then.merge(change.after(), 1, Integer::sum);
            }
        }
    }

    @Override
    public void ended(EntityView entity, Result before, Transition transition, Cause cause, Instant at) {
        kinds.merge(transition.kind(), 1L, Long::sum);
        var it = requireNonNull(entities.get(entity.ref()));
        it.now = null;
        it.happened(at);
        messages.ended(entity);
        example(entity, before, null, transition, cause, at);
    }

    private void example(
            EntityView entity, Result before, @Nullable Result after, Transition transition, Cause cause, Instant at) {
        examples.add(new BacktestReport.Example(
                entity.ref(),
                at,
                transition.kind(),
                before.level(),
                after == null ? null : after.level(),
                transition.changes(),
                new BacktestReport.Reason(
                        cause.kind(), cause.source(), cause.subject(), cause.fact(), cause.deliveryId(), cause.at())));
    }

    private OfRule rule(String id) {
        return rules.computeIfAbsent(id, _ -> new OfRule(rules.size()));
    }

    /// A replay is over; what comes is of other entities.
    ///
    /// @param now results at its end
    void finished(Collection<Result> now) {
        now.forEach(result -> result.rules().forEach(it -> rule(it.rule()).now.merge(it.outcome(), 1, Integer::sum)));
        messages.finished();
    }

    /// What was counted.
    BacktestReport report(Recorded recorded, BacktestReport.@Nullable Live live) {
        int changed = (int)
                entities.values().stream().filter(it -> it.transitions > 0).count();
        var listed = byEntity();
        return new BacktestReport(
                scorecard.name(),
                recorded.since(),
                recorded.until(),
                recorded.facts(),
                recorded.unreadable(),
                recorded.from(),
                entities.size(),
                changed,
                kinds,
                rules(),
                listed,
                new BacktestReport.NotListed(changed - listed.size(), examples.leftOut()),
                new BacktestReport.Messages(
                        messages.sum(),
                        messages.byOwner().entrySet().stream()
                                .map(it -> new BacktestReport.Owner(
                                        it.getKey().isEmpty() ? null : it.getKey(), it.getValue()))
                                .toList()),
                examples.all(),
                live);
    }

    /// What was read.
    ///
    /// @param from time of the oldest record, null when there is none
    record Recorded(
            Instant since,
            Instant until,
            long facts,
            long unreadable,
            @Nullable Instant from) {}

    private List<BacktestReport.Rule> rules() {
        return scorecard.rules().stream()
                .map(it -> {
                    var rule = rule(it.id());
                    return new BacktestReport.Rule(
                            it.id(), it.title(), rule.changes, rule.entities, rule.then, rule.now);
                })
                .toList();
    }

    private List<BacktestReport.Entity> byEntity() {
        return entities.entrySet().stream()
                .filter(it -> it.getValue().transitions > 0)
                .sorted(comparingLong((Map.Entry<String, OfEntity> it) -> -it.getValue().transitions))
                .limit(ENTITIES)
                .map(entry -> {
                    var it = entry.getValue();
                    return new BacktestReport.Entity(
                            entry.getKey(), it.owner, it.transitions, it.first, it.last, it.then, it.now);
                })
                .toList();
    }
}
