package dev.muster.evaluator;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.evaluator.claims.ClaimsStage;
import dev.muster.evaluator.entities.EntitiesStage;
import dev.muster.evaluator.entities.Pace;
import dev.muster.evaluator.entities.PublishedScorecards;
import dev.muster.evaluator.entities.Told;
import dev.muster.evaluator.mapping.ResultWriter;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.state.Register;
import dev.muster.evaluator.subjects.SubjectsStage;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Result;
import java.util.function.LongSupplier;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/// Facts, entities and scorecards in; results and transitions out.
///
/// ```
/// facts ─────────────────────────────┐
///                                    ├── subjects ──(by entity)──┐            ┌── results
/// catalog ──┬── claims ──(by subject)┘      │                    ├── entities ┼── transitions
///           └───────────────────────────────│────────────────────┘      │     └── readiness: facts again
/// scorecards ── global table ───────────────│───────────────────────────┘
///                                           └── moved: facts and claims again
/// ```
///
/// Every store, step and internal topic is named, so that a later version finds its state again;
/// `docs/topology/evaluator.txt` is the whole of it. Facts and catalogue have the same number of partitions, because
/// they meet: facts with claims, and what is learned with entities.
public final class EvaluatorTopology {

    static {
        // Avro makes objects of no class that it was not told to trust.
        var known = ClassSecurityValidator.getGlobal();
        var state = Register.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                known, type -> type.getPackageName().equals(state)));
    }

    private final Topics topics;
    private final int partitions;
    private final PublishedScorecards scorecards;
    private final ClaimsStage claims;
    private final SubjectsStage subjects;
    private final EntitiesStage entities;

    /// Builds nothing yet: see [#addScorecards] and [#connect].
    ///
    /// @param avro serdes of what is kept and sent between the stages
    /// @param partitions of every topic
    /// @param nanoTime a clock for how long work takes, such as [System#nanoTime]
    /// @param refused takes scorecards that do not read
    public EvaluatorTopology(
            Topics topics,
            AvroSerdes avro,
            FactCatalogue catalogue,
            int partitions,
            Pace pace,
            LongSupplier nanoTime,
            EvaluatorMeters meters,
            PublishedScorecards.Refused refused) {
        this.topics = topics;
        this.partitions = partitions;
        this.scorecards = new PublishedScorecards(topics.scorecards(), refused);
        this.claims = new ClaimsStage(avro);
        this.subjects = new SubjectsStage(topics.facts(), avro, catalogue, meters);
        this.entities = new EntitiesStage(
                avro, avro.of(Result.class, new ResultWriter()), catalogue, scorecards, pace, nanoTime, meters);
    }

    /// Adds what does not come as a stream.
    public void addScorecards(StreamsBuilder builder) {
        scorecards.addTo(builder);
    }

    /// Joins the stages to their inputs, and their outputs to the topics.
    public void connect(KStream<String, Entity> catalog, KStream<String, FactsObserved> facts) {
        var claimed = claims.connect(catalog, partitions);
        var learned = subjects.connect(facts, claimed, partitions);
        entities.connect(catalog, learned)
                .split(Named.as("told-"))
                .branch(
                        (_, it) -> it instanceof Told.OfTransition,
                        Branched.withConsumer(this::transitions, "transitions"))
                .branch((_, it) -> it instanceof Told.OfReadiness, Branched.withConsumer(this::readiness, "readiness"))
                .defaultBranch(Branched.withConsumer(this::results, "results"));
    }

    private void transitions(KStream<String, Told> told) {
        var topic = topics.transitions();
        told.mapValues(it -> ((Told.OfTransition) it).transition(), Named.as("as-transition"))
                .to(topic.name(), Produced.with(topic.key(), topic.value()).withName("transitions"));
    }

    /// Comes back as a fact like any other, so that it is kept, replayed and explained like any other.
    private void readiness(KStream<String, Told> told) {
        var topic = topics.facts();
        told.mapValues(it -> ((Told.OfReadiness) it).facts(), Named.as("as-readiness"))
                .to(topic.name(), Produced.with(topic.key(), topic.value()).withName("readiness"));
    }

    /// A result that ended is null: a tombstone.
    private void results(KStream<String, Told> told) {
        var topic = topics.results();
        told.mapValues(it -> ((Told.OfResult) it).bytes(), Named.as("as-result"))
                .to(topic.name(), Produced.with(topic.key(), Serdes.ByteArray()).withName("results"));
    }
}
