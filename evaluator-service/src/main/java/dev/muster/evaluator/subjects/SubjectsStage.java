package dev.muster.evaluator.subjects;

import static java.util.Objects.requireNonNull;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.evaluator.claims.ClaimsStage;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.state.ClaimChange;
import dev.muster.evaluator.state.Declaration;
import dev.muster.evaluator.state.EntityInput;
import dev.muster.evaluator.state.Register;
import dev.muster.evaluator.state.StoredWhereabouts;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.Topic;
import dev.muster.schemas.v1.FactsObserved;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Facts and claims in; what each claiming entity has to learn out, keyed by entity.
///
/// ```
/// facts ───┐                                      ┌── repartition by entity
///          ├── subjects ──────────────────────────┼── claims again, of what took the place of a subject
/// claims ──┘   [subject-facts] [subject-claims]   └── facts again, of the same
///              [whereabouts]
/// ```
///
/// **Promises.** A fact is kept whether anybody claims its subject or not. A change is forwarded to every claimant
/// when, and only when, it alters the register. A new claimant is told all that is known; one that leaves is told to
/// forget. A record is applied as a whole or not at all. A subject whose name was given up for another keeps nothing:
/// what is known, what is told later and who claims it goes on to the other one, see [Whereabouts].
public final class SubjectsStage implements ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> {

    static final String FACTS = "subject-facts";
    static final String CLAIMS = "subject-claims";
    static final String WHEREABOUTS = "whereabouts";

    private final Topic<String, FactsObserved> topic;
    private final AvroSerdes avro;
    private final FactCatalogue catalogue;
    private final EvaluatorMeters meters;

    /// @param topic of facts
    public SubjectsStage(
            Topic<String, FactsObserved> topic, AvroSerdes avro, FactCatalogue catalogue, EvaluatorMeters meters) {
        this.topic = topic;
        this.avro = avro;
        this.catalogue = catalogue;
        this.meters = meters;
    }

    /// Joins the stage to facts and claims.
    ///
    /// @param partitions of the topic of the catalogue, which the facts have to meet
    public KStream<String, EntityInput> connect(
            KStream<String, FactsObserved> facts, KStream<String, ClaimChange> claims, int partitions) {
        KStream<String, SpecificRecord> observed = facts.mapValues(it -> it, Named.as("facts-observed"));
        KStream<String, SpecificRecord> claimed = claims.mapValues(it -> it, Named.as("claims-changed"));
        var told = observed.merge(claimed, Named.as("facts-and-claims"))
                .process(this, Named.as("subjects"))
                .split(Named.as("of-subjects-"))
                .branch((_, it) -> it instanceof EntityInput, Branched.as("learned"))
                .branch((_, it) -> it instanceof ClaimChange, Branched.withConsumer(this::claimsAgain, "claims"))
                .defaultBranch(Branched.withConsumer(this::factsAgain, "facts"));
        return requireNonNull(told.get("of-subjects-learned"))
                .mapValues(it -> (EntityInput) it, Named.as("as-entity-input"))
                .repartition(Repartitioned.with(Serdes.String(), avro.of(EntityInput.class))
                        .withName("entity-facts-input")
                        .withNumberOfPartitions(partitions));
    }

    /// Onto the topic that they come from.
    private void claimsAgain(KStream<String, SpecificRecord> told) {
        told.mapValues(it -> (ClaimChange) it, Named.as("as-claim"))
                .to(
                        ClaimsStage.TOPIC,
                        Produced.with(Serdes.String(), avro.of(ClaimChange.class))
                                .withName("claims-again"));
    }

    private void factsAgain(KStream<String, SpecificRecord> told) {
        told.mapValues(it -> (FactsObserved) it, Named.as("as-facts"))
                .to(topic.name(), Produced.with(topic.key(), topic.value()).withName("facts-again"));
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return new LinkedHashSet<>(List.of(
                store(FACTS, avro.of(Register.class)),
                store(CLAIMS, avro.of(Declaration.class)),
                store(WHEREABOUTS, avro.of(StoredWhereabouts.class))));
    }

    private static StoreBuilder<?> store(String name, Serde<? extends SpecificRecord> value) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), value);
    }

    @Override
    public Processor<String, SpecificRecord, String, SpecificRecord> get() {
        return new SubjectProcessor(catalogue, meters);
    }
}
