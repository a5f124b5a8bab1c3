package dev.muster.evaluator.mapping;

import dev.muster.engine.result.Cause;
import dev.muster.engine.result.Result;
import dev.muster.engine.rule.EntityView;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The level of an entity as a fact, for those that depend on it.
///
/// Subject `readiness:<ref>`, fact `readiness`, item the scorecard. Its origin is that of what made the level change,
/// so
/// that whatever follows from it downstream has the same delivery for its cause.
public final class Readiness {

    static final String FACT = "readiness";

    private static final String SOURCE = "muster";
    private static final JsonMapper JSON = JsonMapper.shared();

    private Readiness() {}

    /// What became of the level.
    ///
    /// @param version of the result, which orders those of one instant
    public static FactsObserved reached(
            Entity entity, Definition definition, Result result, long version, Instant at, Cause cause) {
        var levels = definition.published().getLevels();
        var value = new TreeMap<String, Object>();
        value.put("entity", entity.getRef());
        value.put("scorecard", result.scorecard());
        value.put("level", result.level() == null ? "" : result.level());
        value.put(
                "reached", result.level() == null ? List.of() : levels.subList(0, levels.indexOf(result.level()) + 1));
        value.put("tier", entity.getTier() == null ? EntityView.NO_TIER : entity.getTier());
        var json = JSON.writeValueAsString(value);
        return observed(entity.getRef(), result.scorecard(), FactChangeKind.UPSERT, json, version, at, cause);
    }

    /// There is no result any more.
    public static FactsObserved ended(Entity entity, String scorecard, long version, Instant at, Cause cause) {
        return observed(entity.getRef(), scorecard, FactChangeKind.REMOVE, null, version, at, cause);
    }

    private static FactsObserved observed(
            String entity,
            String scorecard,
            FactChangeKind kind,
            @Nullable String json,
            long version,
            Instant at,
            Cause cause) {
        var change = FactChange.newBuilder()
                .setFact(FACT)
                .setKind(kind)
                .setItem(scorecard)
                .setValue(json)
                .setSourceTime(at)
                .setRank((int) Math.min(version, Integer.MAX_VALUE))
                .build();
        var origin = Origin.newBuilder()
                .setSource(SOURCE)
                .setConnection(SOURCE)
                .setDeliveryId(cause.deliveryId() == null ? ownId(entity, scorecard, at) : cause.deliveryId())
                .setActor(cause.actor())
                .setUrl(cause.url())
                .setBackfill(cause.baseline())
                .build();
        return FactsObserved.newBuilder()
                .setSubject("readiness:" + entity)
                .setChanges(List.of(change))
                .setOrigin(origin)
                .setReceivedAt(at)
                .build();
    }

    /// Of what no delivery caused, such as a deadline that passed.
    private static String ownId(String entity, String scorecard, Instant at) {
        return "clock/" + entity + "/" + scorecard + "/" + at.toEpochMilli();
    }
}
