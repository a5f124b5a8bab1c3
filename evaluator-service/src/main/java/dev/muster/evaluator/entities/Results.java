package dev.muster.evaluator.entities;

import static java.util.Objects.requireNonNull;

import dev.muster.evaluator.entities.Judge.Judgement;
import dev.muster.evaluator.entities.Judge.Judgement.Different;
import dev.muster.evaluator.entities.Judge.Judgement.Ended;
import dev.muster.evaluator.entities.Judge.Judgement.Same;
import dev.muster.evaluator.mapping.Decoded;
import dev.muster.evaluator.mapping.Judged;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.mapping.ResultBytes;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Result;
import dev.muster.schemas.v1.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The results of one partition: keeps them, their timers and their versions, and tells what becomes of them.
///
/// Of a result that ended, the version stays: it goes on from there if the entity or the scorecard comes back, so that
/// no two transitions ever have one id.
final class Results {

    private static final StringSerializer PREFIXES = new StringSerializer();
    private static final String SOURCE = "/muster/evaluator";
    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private final KeyValueStore<String, byte[]> store;
    private final KeyValueStore<String, Long> ended;
    private final Echoes echoes;
    private final Decoded<Judged> lately = new Decoded<>(Judged::rules);
    private final ResultBytes bytes;
    private final Timers timers;
    private final ProcessorContext<String, Told> context;
    private final EvaluatorMeters meters;
    private @Nullable Header trace;

    /// @param serde of the topic of results
    Results(ProcessorContext<String, Told> context, Serde<Result> serde, Timers timers, EvaluatorMeters meters) {
        this.bytes = new ResultBytes(serde);
        this.store = context.getStateStore(EntitiesStage.RESULTS);
        this.ended = context.getStateStore(EntitiesStage.ENDED);
        this.echoes = new Echoes(context.getStateStore(EntitiesStage.ECHOES));
        this.timers = timers;
        this.context = context;
        this.meters = meters;
    }

    @Nullable
    Judged of(String entity, String scorecard) {
        return lately.get(Keys.of(entity, scorecard), key -> {
            var kept = store.get(key);
            return kept == null ? null : bytes.read(kept);
        });
    }

    List<Judged> of(String entity) {
        var results = new ArrayList<Judged>();
        try (var all = store.prefixScan(Keys.prefix(entity), PREFIXES)) {
            all.forEachRemaining(it -> results.add(requireNonNull(lately.get(it.key, _ -> bytes.read(it.value)))));
        }
        return results;
    }

    /// The first of an entity's results that is due at `now`; null when none is.
    Timers.@Nullable Due firstDue(String entity, Instant now) {
        Timers.Due first = null;
        for (var result : of(entity)) {
            var at = result.nextChangeAt();
            if (at != null && !at.isAfter(now) && (first == null || at.isBefore(first.at()))) {
                first = new Timers.Due(at, entity, result.scorecard());
            }
        }
        return first;
    }

    /// Version of the last result that there was; 0 when there was none.
    long version(String entity, String scorecard, @Nullable Judged current) {
        if (current != null) {
            return current.version();
        }
        var last = ended.get(Keys.of(entity, scorecard));
        return last == null ? 0 : last;
    }

    /// What is told from here on follows from the record with these headers, and is part of its trace; null when it
    /// follows from the clock or from a scorecard, which are part of none.
    void because(@Nullable Headers headers) {
        trace = headers == null ? null : headers.lastHeader(CloudEventHeaders.TRACE_PARENT);
    }

    private void tell(String key, Told told, Headers headers) {
        if (trace != null) {
            headers.add(trace);
        }
        context.forward(new Record<>(key, told, context.currentSystemTimeMs(), headers));
    }

    /// Makes a judgement count.
    void enact(String entity, String scorecard, @Nullable Judged before, Judgement judgement) {
        var key = Keys.of(entity, scorecard);
        var timer = before == null ? null : before.nextChangeAt();
        switch (judgement) {
            case Same _ -> {}
            case Different(var after, var transition, var deliveryId, var readiness) -> {
                var written = bytes.write(after.told());
                store.put(key, written);
                lately.put(key, after);
                if (before == null && after.version() > 1) {
                    ended.delete(key);
                }
                timers.move(entity, scorecard, timer, after.nextChangeAt());
                tell(
                        new Place(
                                entity,
                                scorecard,
                                after.version(),
                                after.result().evaluatedAt(),
                                deliveryId),
                        written);
                if (transition != null) {
                    tell(transition);
                }
                if (readiness != null) {
                    tell(entity, scorecard, readiness);
                }
            }
            case Ended(var transition, var readiness) -> {
                store.delete(key);
                lately.remove(key);
                ended.put(key, transition.getVersion());
                timers.move(entity, scorecard, timer, null);
                var deliveryId = transition.getCause().getDeliveryId();
                tell(new Place(entity, scorecard, transition.getVersion(), transition.getAt(), deliveryId), null);
                tell(transition);
                echoes.forget(entity, scorecard);
                tell(readiness);
            }
        }
    }

    private void tell(String entity, String scorecard, FactsObserved readiness) {
        if (echoes.passes(entity, scorecard, readiness.getOrigin().getDeliveryId())) {
            tell(readiness);
        } else {
            meters.damped();
            LOG.warn(
                    "The level of {} by {} keeps changing because of delivery {}: it depends on itself. Those that depend"
                            + " on it are not told any more.",
                    entity,
                    scorecard,
                    readiness.getOrigin().getDeliveryId());
        }
    }

    /// Tells of readiness, however often.
    void tell(FactsObserved readiness) {
        var change = readiness.getChanges().getFirst();
        var headers = CloudEventHeaders.of(
                readiness.getSubject() + "|" + change.getItem() + "|" + change.getRank(),
                SOURCE,
                "dev.muster.facts.observed.v1",
                change.getSourceTime(),
                readiness.getSubject(),
                readiness.getOrigin().getDeliveryId());
        tell(readiness.getSubject(), new Told.OfReadiness(readiness), headers);
    }

    private record Place(
            String entity,
            String scorecard,
            long version,
            Instant at,
            @Nullable String deliveryId) {}

    private void tell(Place place, byte @Nullable [] bytes) {
        var key = Keys.result(place.entity(), place.scorecard());
        var headers = CloudEventHeaders.of(
                key + "|" + place.version() + "|" + place.at().toEpochMilli(),
                SOURCE,
                "dev.muster.result.changed.v1",
                place.at(),
                place.entity(),
                place.deliveryId());
        tell(key, new Told.OfResult(bytes), headers);
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
        tell(transition.getEntity(), new Told.OfTransition(transition), headers);
        meters.transition(kind);
    }
}
