package dev.muster.evaluator.entities;

import dev.muster.evaluator.entities.Judge.Judgement;
import dev.muster.evaluator.entities.Judge.Judgement.Different;
import dev.muster.evaluator.entities.Judge.Judgement.Ended;
import dev.muster.evaluator.entities.Judge.Judgement.Same;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The results of one partition: keeps them, their timers and their versions, and tells what becomes of them.
///
/// Of a result that ended, the version stays: it goes on from there if the entity or the scorecard comes back, so that
/// no two transitions ever have one id.
final class Results {

    private static final StringSerializer PREFIXES = new StringSerializer();
    private static final String SOURCE = "/muster/evaluator";

    private final KeyValueStore<String, Result> store;
    private final KeyValueStore<String, Long> ended;
    private final Timers timers;
    private final ProcessorContext<String, SpecificRecord> context;
    private final EvaluatorMeters meters;

    Results(ProcessorContext<String, SpecificRecord> context, Timers timers, EvaluatorMeters meters) {
        this.store = context.getStateStore(EntitiesStage.RESULTS);
        this.ended = context.getStateStore(EntitiesStage.ENDED);
        this.timers = timers;
        this.context = context;
        this.meters = meters;
    }

    @Nullable
    Result of(String entity, String scorecard) {
        return store.get(Keys.of(entity, scorecard));
    }

    List<Result> of(String entity) {
        var results = new ArrayList<Result>();
        try (var all = store.prefixScan(Keys.prefix(entity), PREFIXES)) {
            all.forEachRemaining(it -> results.add(it.value));
        }
        return results;
    }

    /// Version of the last result that there was; 0 when there was none.
    long version(String entity, String scorecard, @Nullable Result current) {
        if (current != null) {
            return current.getVersion();
        }
        var last = ended.get(Keys.of(entity, scorecard));
        return last == null ? 0 : last;
    }

    /// Makes a judgement count.
    void enact(String entity, String scorecard, @Nullable Result before, Judgement judgement) {
        var key = Keys.of(entity, scorecard);
        var timer = before == null ? null : before.getNextChangeAt();
        switch (judgement) {
            case Same _ -> {}
            case Different(var after, var transition, var deliveryId) -> {
                store.put(key, after);
                if (before == null && after.getVersion() > 1) {
                    ended.delete(key);
                }
                timers.move(entity, scorecard, timer, after.getNextChangeAt());
                tell(new Place(entity, scorecard, after.getVersion(), after.getEvaluatedAt(), deliveryId), after);
                if (transition != null) {
                    tell(transition);
                }
            }
            case Ended(var transition) -> {
                store.delete(key);
                ended.put(key, transition.getVersion());
                timers.move(entity, scorecard, timer, null);
                var deliveryId = transition.getCause().getDeliveryId();
                tell(new Place(entity, scorecard, transition.getVersion(), transition.getAt(), deliveryId), null);
                tell(transition);
            }
        }
    }

    private record Place(
            String entity,
            String scorecard,
            long version,
            Instant at,
            @Nullable String deliveryId) {}

    private void tell(Place place, @Nullable Result after) {
        var key = Keys.result(place.entity(), place.scorecard());
        var headers = CloudEventHeaders.of(
                key + "|" + place.version() + "|" + place.at().toEpochMilli(),
                SOURCE,
                "dev.muster.result.changed.v1",
                place.at(),
                place.entity(),
                place.deliveryId());
        context.forward(new Record<>(key, after, context.currentSystemTimeMs(), headers));
        meters.result();
    }

    private void tell(Transition transition) {
        var kind = transition.getKind().name().toLowerCase(Locale.ROOT);
        var headers = CloudEventHeaders.of(
                transition.getId(),
                SOURCE,
                "dev.muster.transition." + kind + ".v1",
                transition.getAt(),
                transition.getEntity(),
                transition.getCause().getDeliveryId());
        context.forward(new Record<>(transition.getEntity(), transition, context.currentSystemTimeMs(), headers));
        meters.transition(kind);
    }
}
