package dev.muster.portal.backtest;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.Whereabouts;
import dev.muster.engine.rule.CompiledScorecard;
import dev.muster.portal.recorded.History;
import dev.muster.portal.recorded.Retelling;
import dev.muster.records.ScorecardMapping;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Entity;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// What has to be known before anything is replayed: the entities that a scorecard applied to at any time, what they
/// claimed then, where names went, and how many facts are recorded. Reads all records of the catalogue and of facts.
///
/// Keeps names only: of those entities, of what they claimed, and of subjects that moved.
final class Scored implements History.Reader {

    private final Topics topics;
    private final CompiledScorecard scorecard;
    private final SortedMap<String, Set<String>> claims = new TreeMap<>();
    private final Map<String, Set<String>> moved = new HashMap<>();
    private long facts;
    private long unreadable;
    private @Nullable Instant from;

    Scored(Topics topics, CompiledScorecard scorecard) {
        this.topics = topics;
        this.scorecard = scorecard;
    }

    /// Records of facts that can be told.
    long facts() {
        return facts;
    }

    /// Records of facts that have to be passed over.
    long unreadable() {
        return unreadable;
    }

    /// Time of the oldest record of facts, null when there is none.
    @Nullable
    Instant from() {
        return from;
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(topics.facts().name())) {
            from = from == null ? Instant.ofEpochMilli(record.timestamp()) : from;
            Retelling.facts(topics.facts(), record).ifPresentOrElse(this::told, () -> unreadable++);
            return;
        }
        var entity = entity(record);
        if (entity != null && scorecard.appliesTo(ScorecardMapping.toEngine(entity))) {
            claims.computeIfAbsent(entity.getRef(), _ -> new HashSet<>()).addAll(entity.getClaims());
        }
    }

    private void told(Retelling.Facts it) {
        facts++;
        for (var change : it.changes()) {
            if (change instanceof FactChange.Set set && set.fact().equals(Whereabouts.FACT)) {
                Whereabouts.stop(it.subject(), set.json(), set.version())
                        .map(Whereabouts.Stop::movedTo)
                        .filter(to -> !to.isEmpty())
                        .ifPresent(to -> moved(it.subject(), to));
            }
        }
    }

    private void moved(String from, String to) {
        moved.computeIfAbsent(from, _ -> new HashSet<>()).add(to);
        moved.computeIfAbsent(to, _ -> new HashSet<>()).add(from);
    }

    private @Nullable Entity entity(ConsumerRecord<String, byte[]> record) {
        try {
            return Retelling.read(topics.catalog(), record);
        } catch (SerializationException _) {
            return null; // the evaluator gives up such a record too, and tells of it
        }
    }

    /// All of them.
    Slice all() {
        return slice(claims.keySet());
    }

    /// All of them in slices, in the order of their references.
    ///
    /// @param size how many entities each has at most
    List<Slice> slices(int size) {
        var slices = new ArrayList<Slice>();
        var entities = List.copyOf(claims.keySet());
        for (var from = 0; from < entities.size(); from += size) {
            slices.add(slice(entities.subList(from, Math.min(from + size, entities.size()))));
        }
        return slices;
    }

    private Slice slice(Collection<String> entities) {
        var subjects = new HashSet<String>();
        entities.forEach(it -> reach(claims.getOrDefault(it, Set.of()), subjects));
        return new Slice(topics.facts().name(), new HashSet<>(entities), subjects);
    }

    /// Names that went to a claimed one, at any time, or that it went to: what was told of them counts, too.
    private void reach(Set<String> claimed, Set<String> subjects) {
        var next = new ArrayDeque<>(claimed);
        while (!next.isEmpty()) {
            var subject = next.remove();
            if (subjects.add(subject)) {
                next.addAll(moved.getOrDefault(subject, Set.of()));
            }
        }
    }

    /// Some entities, and all subjects whose facts can count for them at any time.
    ///
    /// @param facts name of the topic of facts
    record Slice(String facts, Set<String> entities, Set<String> subjects) {

        /// Whether a record tells of any of them, by its key.
        boolean has(ConsumerRecord<String, byte[]> record) {
            return (record.topic().equals(facts) ? subjects : entities).contains(record.key());
        }
    }
}
