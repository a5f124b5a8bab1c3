package dev.muster.evaluator.mapping;

import dev.muster.engine.result.Cause;
import dev.muster.engine.rule.EntityView;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import dev.muster.schemas.v1.Outcome;
import dev.muster.schemas.v1.Result;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The level of an entity as a fact, for those that depend on it.
///
/// Subject `readiness:<ref>`, fact `readiness`, item the scorecard. Its origin is that of what made the level change,
/// so that whatever follows from it downstream has the same delivery for its cause.
///
/// Every level is one of three: reached; undecided, when nothing that it needs has failed and something is unknown or
/// stale; or else missed.
///
/// Of a draft nothing is told: what counts would depend on what does not count yet.
public final class Readiness {

    static final String FACT = "readiness";

    private static final String SOURCE = "muster";
    private static final JsonMapper JSON = JsonMapper.shared();

    private Readiness() {}

    /// What became of the levels; null when each is what it was.
    ///
    /// @param before the result before, null for the first
    public static @Nullable FactsObserved changed(
            Entity entity, Definition definition, @Nullable Judged before, Judged after, Instant at, Cause cause) {
        var told = before == null || before.told().getDraft() ? null : before.told();
        if (after.told().getDraft()) {
            return told == null ? null : ended(entity, after.scorecard(), after.version(), at, cause);
        }
        var levels = definition.published().getLevels();
        return told != null
                        && Objects.equals(told.getLevel(), after.told().getLevel())
                        && undecided(levels, told).equals(undecided(levels, after.told()))
                ? null
                : of(entity, definition, after, at, cause);
    }

    /// How its levels are; not of a draft.
    public static FactsObserved of(Entity entity, Definition definition, Judged judged, Instant at, Cause cause) {
        var levels = definition.published().getLevels();
        var reached = reached(levels, judged.told());
        var value = new TreeMap<String, Object>();
        value.put("entity", entity.getRef());
        value.put("scorecard", judged.scorecard());
        value.put("level", reached.isEmpty() ? "" : reached.getLast());
        value.put("reached", reached);
        value.put("undecided", undecided(levels, judged.told()));
        value.put("tier", entity.getTier() == null ? EntityView.NO_TIER : entity.getTier());
        var json = JSON.writeValueAsString(value);
        return observed(entity.getRef(), judged.scorecard(), FactChangeKind.UPSERT, json, judged.version(), at, cause);
    }

    private static List<String> reached(List<String> levels, Result result) {
        return levels.subList(0, levels.indexOf(result.getLevel()) + 1);
    }

    /// Levels above those that are reached, up to the first that a failed rule stands in the way of.
    private static List<String> undecided(List<String> levels, Result result) {
        var reached = levels.indexOf(result.getLevel()) + 1;
        var missed = levels.size();
        for (var rule : result.getRules()) {
            if (rule.getOutcome() == Outcome.FAIL || rule.getOutcome() == Outcome.ERROR) {
                missed = Math.min(missed, Math.max(levels.indexOf(rule.getLevel()), 0));
            }
        }
        return levels.subList(Math.min(reached, missed), missed);
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
