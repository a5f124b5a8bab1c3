package dev.muster.engine.rule;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Facts;
import dev.muster.engine.fact.Origin;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.SubjectFact;
import dev.muster.engine.fact.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Facts in memory, told as sources tell them.
public final class KnownFacts implements Facts {

    public static final String REPO = "repo:github.com/acme/payments";
    public static final String ENTITY = "entity:component:default/payments";
    private static final Origin ORIGIN = new Origin("test", "test", "d-1", null, "https://example.org/1", false);

    private final Map<String, SortedMap<String, FactState>> states = new TreeMap<>();
    private final Set<String> asked = new HashSet<>();
    private int changes;

    public KnownFacts set(String fact, Instant at, String json) {
        return apply(REPO, new FactChange.Set(fact, json, version(at), ORIGIN, false));
    }

    public KnownFacts set(String subject, String fact, Instant at, String json) {
        return apply(subject, new FactChange.Set(fact, json, version(at), ORIGIN, false));
    }

    public KnownFacts upsert(String fact, String item, Instant at, String json) {
        return apply(REPO, new FactChange.Upsert(fact, item, "", json, version(at), ORIGIN, false));
    }

    public KnownFacts remove(String fact, String item, Instant at) {
        return apply(REPO, new FactChange.Remove(fact, item, "", version(at), ORIGIN, false));
    }

    public KnownFacts none(String fact, Instant at) {
        return apply(REPO, new FactChange.Snapshot(fact, "", Map.of(), version(at), ORIGIN, false));
    }

    public KnownFacts own(String fact, String item, String json) {
        return apply(ENTITY, new FactChange.Upsert(fact, item, "", json, version(A.NOW), ORIGIN, false));
    }

    public KnownFacts apply(String subject, FactChange change) {
        states.computeIfAbsent(change.fact(), _ -> new TreeMap<>())
                .compute(subject, (_, state) -> Registers.apply(state, change, 3000));
        return this;
    }

    private Version version(Instant at) {
        return new Version(at, 0, A.NOW.plusMillis(changes++), "d-" + changes);
    }

    @Override
    public List<SubjectFact> of(String fact) {
        asked.add(fact);
        var told = new ArrayList<SubjectFact>();
        states.getOrDefault(fact, new TreeMap<>())
                .forEach((subject, state) -> told.add(new SubjectFact(subject, state)));
        return told;
    }

    public Set<String> asked() {
        return asked;
    }
}
