package dev.muster.evaluator.entities;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.rule.ScorecardCompiler;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.state.EntityInput;
import dev.muster.evaluator.state.Register;
import dev.muster.evaluator.state.SweepState;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Result;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Entities and what they learn in; results, transitions and their readiness as a fact out.
///
/// ```
/// catalog ─────────────┐
///                      ├── entities ── results (key entity|scorecard) and transitions (key entity)
/// entity-facts-input ──┘   [entities] [entity-facts] [results] [ended] [echoes] [timers] [sweep]
///                          reads the global [scorecards], ticks by the clock
/// ```
///
/// **Promises.** Whatever happened while nobody looked is judged first and in order: the new scorecard, then
/// each instant that passed, at that instant; then the event. One transition for each change of a fact that
/// means something. An entity or scorecard that goes takes its results, facts and timers with it; of a
/// result only its last version stays.
public final class EntitiesStage implements ProcessorSupplier<String, SpecificRecord, String, Told> {

    static final String ENTITIES = "entities";
    static final String FACTS = "entity-facts";
    static final String RESULTS = "results";
    static final String ENDED = "ended";
    static final String ECHOES = "echoes";
    static final String TIMERS = "timers";
    static final String SWEEP = "sweep";

    private final AvroSerdes avro;
    private final Serde<Result> results;
    private final FactCatalogue catalogue;
    private final PublishedScorecards scorecards;
    private final Definitions definitions;
    private final Pace pace;
    private final EvaluatorMeters meters;
    private final ThreadLocal<Turns.OfThread> turns;

    /// @param avro serdes of what is kept
    /// @param results serde of the topic of results: their store has the same bytes
    /// @param nanoTime a clock for how long work takes, such as [System#nanoTime]
    public EntitiesStage(
            AvroSerdes avro,
            Serde<Result> results,
            FactCatalogue catalogue,
            PublishedScorecards scorecards,
            Pace pace,
            LongSupplier nanoTime,
            EvaluatorMeters meters) {
        this.avro = avro;
        this.results = results;
        this.catalogue = catalogue;
        this.scorecards = scorecards;
        this.definitions = new Definitions(new ScorecardCompiler(catalogue, meters));
        this.pace = pace;
        this.meters = meters;
        this.turns = ThreadLocal.withInitial(() -> Turns.OfThread.of(pace, nanoTime));
    }

    public KStream<String, Told> connect(KStream<String, Entity> catalog, KStream<String, EntityInput> inputs) {
        KStream<String, SpecificRecord> declared = catalog.mapValues(it -> it, Named.as("entities-declared"));
        KStream<String, SpecificRecord> learned = inputs.mapValues(it -> it, Named.as("facts-learned"));
        return declared.merge(learned, Named.as("declared-and-learned")).process(this, Named.as("entities"));
    }

    /// Always in the same order, so that the description of the topology is always the same, too.
    @Override
    public Set<StoreBuilder<?>> stores() {
        return new LinkedHashSet<>(List.of(
                store(ENTITIES, Serdes.String(), avro.of(Entity.class)),
                store(FACTS, Serdes.String(), avro.of(Register.class)),
                store(RESULTS, Serdes.String(), Serdes.ByteArray()),
                store(ENDED, Serdes.String(), Serdes.Long()),
                store(ECHOES, Serdes.String(), Serdes.String()),
                store(TIMERS, Serdes.Bytes(), Serdes.ByteArray()),
                store(SWEEP, Serdes.String(), avro.of(SweepState.class))));
    }

    private static <K, V> StoreBuilder<?> store(String name, Serde<K> key, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), key, value);
    }

    @Override
    public Processor<String, SpecificRecord, String, Told> get() {
        return new EntityProcessor(catalogue, results, scorecards, definitions, pace, turns, meters);
    }
}
