package dev.muster.evaluator.entities;

import dev.muster.evaluator.entities.PublishedScorecards.Published;
import dev.muster.evaluator.mapping.Definition;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.state.SweepState;
import dev.muster.schemas.v1.Entity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The scorecards that count in one partition, and the sweeps that apply new ones to its entities.
///
/// A partition has its own copy of each definition, together with the cursor of its sweep, in one record: what an event
/// is judged by depends on the state of its partition alone, wherever the partition moves. A newer definition replaces
/// an older one and the sweep begins anew; an older one is never taken.
final class Targets {

    private final KeyValueStore<String, SweepState> store;
    private final KeyValueStore<String, byte[]> published;
    private final PublishedScorecards scorecards;
    private final Definitions definitions;
    private final EvaluatorMeters meters;
    private final Map<String, Target> byName = new TreeMap<>();
    private final Map<String, List<Target>> byFact = new HashMap<>();
    private long seen = -1;
    private int sweeps;

    Targets(
            KeyValueStore<String, SweepState> store,
            KeyValueStore<String, byte[]> published,
            PublishedScorecards scorecards,
            Definitions definitions,
            EvaluatorMeters meters) {
        this.store = store;
        this.published = published;
        this.scorecards = scorecards;
        this.definitions = definitions;
        this.meters = meters;
    }

    /// Takes over definitions that are newer than those that count. Comes before anything else; cheap when there are
    /// none.
    void adopt() {
        var news = scorecards.news();
        if (news == seen) {
            return;
        }
        if (seen < 0) {
            try (var all = store.all()) {
                all.forEachRemaining(it -> remember(target(it.key, it.value)));
            }
        }
        try (var all = published.all()) {
            while (all.hasNext()) {
                var next = all.next();
                adopt(next.key, Published.of(next.value));
            }
        }
        seen = news;
    }

    private void adopt(String name, Published it) {
        var known = byName.get(name);
        if (known == null ? it.definition() != null : known.offset() < it.offset()) {
            var bytes = it.definition() == null ? null : ByteBuffer.wrap(it.definition());
            var edit = edit(known, bytes == null ? null : definition(bytes));
            var state = edit == null
                    ? new SweepState(it.offset(), bytes, null, false, 0, List.of())
                    : new SweepState(it.offset(), bytes, null, false, edit.from(), List.copyOf(edit.rules()));
            store.put(name, state);
            remember(target(name, state));
        }
    }

    /// What is different, when all entities are known to have been judged by the one before.
    private static Target.@Nullable Edit edit(@Nullable Target before, @Nullable Definition now) {
        var then = before == null || !before.done() ? null : before.definition();
        return then == null || now == null
                ? null
                : new Target.Edit(then.version(), now.compiled().editedSince(then.compiled()));
    }

    /// True while a scorecard has yet to be applied to an entity of the partition.
    boolean sweeping() {
        return sweeps > 0;
    }

    Collection<Target> all() {
        return byName.values();
    }

    @Nullable
    Target find(String scorecard) {
        return byName.get(scorecard);
    }

    /// Those with a rule that reads `fact`.
    List<Target> reading(String fact) {
        return byFact.computeIfAbsent(
                fact,
                _ -> byName.values().stream()
                        .filter(it -> it.definition() != null
                                && !it.definition()
                                        .compiled()
                                        .rulesReading(fact)
                                        .isEmpty())
                        .toList());
    }

    /// Those that have yet to be applied to `entity`.
    List<Target> aheadOf(String entity) {
        if (!sweeping()) {
            return List.of();
        }
        var ahead = new ArrayList<Target>();
        for (var target : byName.values()) {
            if (target.isAheadOf(entity)) {
                ahead.add(target);
            }
        }
        return ahead;
    }

    /// Goes on with the sweeps that are not done, one after the other, for one portion.
    ///
    /// @param judge is given each entity with the scorecard that is new to it
    void sweep(Turns.Portion portion, KeyValueStore<String, Entity> entities, BiConsumer<Entity, Target> judge) {
        for (var target : List.copyOf(byName.values())) {
            if (!target.done() && portion.goesOn()) {
                sweep(target, portion, entities, judge);
            }
        }
    }

    private void sweep(
            Target target,
            Turns.Portion portion,
            KeyValueStore<String, Entity> entities,
            BiConsumer<Entity, Target> judge) {
        var cursor = target.cursor();
        boolean done;
        try (var rest = entities.range(cursor == null ? null : Keys.after(cursor), null)) {
            while (portion.goesOn() && rest.hasNext()) {
                var entity = rest.next();
                cursor = entity.key;
                judge.accept(entity.value, target);
                portion.judged();
                meters.swept();
            }
            done = !rest.hasNext();
        }
        var state = store.get(target.name());
        store.put(
                target.name(),
                new SweepState(
                        state.getOffset(),
                        state.getDefinition(),
                        cursor,
                        done,
                        state.getEditedFrom(),
                        state.getEdited()));
        remember(target.at(cursor, done));
    }

    /// Withdraws this partition's sweeps from the count.
    void close() {
        meters.sweeps(-sweeps);
    }

    private void remember(Target target) {
        var before = byName.put(target.name(), target);
        var change = (target.done() ? 0 : 1) - (before == null || before.done() ? 0 : 1);
        sweeps += change;
        meters.sweeps(change);
        byFact.clear();
    }

    private Target target(String name, SweepState it) {
        var definition = it.getDefinition();
        return new Target(
                name,
                it.getOffset(),
                definition == null ? null : definition(definition),
                it.getEditedFrom() == 0 ? null : new Target.Edit(it.getEditedFrom(), Set.copyOf(it.getEdited())),
                it.getCursor(),
                it.getDone());
    }

    private Definition definition(ByteBuffer bytes) {
        return definitions.of(scorecards.read(bytes(bytes)));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
