package dev.muster.evaluator.subjects;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.state.ClaimChange;
import dev.muster.evaluator.state.Declaration;
import dev.muster.evaluator.state.EntityInput;
import dev.muster.evaluator.state.Register;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.v1.FactsObserved;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Facts and claims in; what each claiming entity has to learn out, keyed by entity.
///
/// ```
/// facts ───┐
///          ├── subjects ── repartition by entity
/// claims ──┘   [subject-facts] [subject-claims]
/// ```
///
/// **Promises.** A fact is kept whether anybody claims its subject or not. A change is forwarded to every claimant
/// when,
/// and only when, it alters the register. A new claimant is told all that is known; one that leaves is told to forget.
/// A record is applied as a whole or not at all.
public final class SubjectsStage implements ProcessorSupplier<String, SpecificRecord, String, EntityInput> {

    static final String FACTS = "subject-facts";
    static final String CLAIMS = "subject-claims";

    private final AvroSerdes avro;
    private final FactCatalogue catalogue;
    private final EvaluatorMeters meters;

    public SubjectsStage(AvroSerdes avro, FactCatalogue catalogue, EvaluatorMeters meters) {
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
        return observed.merge(claimed, Named.as("facts-and-claims"))
                .process(this, Named.as("subjects"))
                .repartition(Repartitioned.with(Serdes.String(), avro.of(EntityInput.class))
                        .withName("entity-facts-input")
                        .withNumberOfPartitions(partitions));
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(FACTS), Serdes.String(), avro.of(Register.class)),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(CLAIMS), Serdes.String(), avro.of(Declaration.class)));
    }

    @Override
    public Processor<String, SpecificRecord, String, EntityInput> get() {
        return new SubjectProcessor(catalogue, meters);
    }
}
