package dev.muster.evaluator.claims;

import static dev.muster.schemas.CloudEventHeaders.traceOf;
import static java.util.Objects.requireNonNull;

import dev.muster.evaluator.mapping.DeclarationMapping;
import dev.muster.evaluator.state.ClaimChange;
import dev.muster.evaluator.state.Claims;
import dev.muster.evaluator.state.Declaration;
import dev.muster.records.UnusableRecordException;
import dev.muster.schemas.AvroSerdes;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.Entity;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/// Entities in; claims that began or ended out, keyed by subject.
///
/// ```
/// catalog ── claims ── repartition by subject
///            [claims]
/// ```
///
/// A deleted entity loses all its claims. Declaring an entity again with the same claims says nothing.
public final class ClaimsStage implements ProcessorSupplier<String, Entity, String, ClaimChange> {

    /// The internal topic of claims, keyed by subject.
    public static final String TOPIC = "claims-repartition";

    static final String STORE = "claims";

    private final AvroSerdes avro;

    public ClaimsStage(AvroSerdes avro) {
        this.avro = avro;
    }

    /// Joins the stage to the catalogue.
    ///
    /// @param partitions of the topic of facts, which the claims have to meet
    public KStream<String, ClaimChange> connect(KStream<String, Entity> catalog, int partitions) {
        return catalog.process(this, Named.as("claims"))
                .repartition(Repartitioned.with(Serdes.String(), avro.of(ClaimChange.class))
                        .withName("claims")
                        .withNumberOfPartitions(partitions));
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.String(), avro.of(Claims.class)));
    }

    @Override
    public Processor<String, Entity, String, ClaimChange> get() {
        return new Comparison();
    }

    private static final class Comparison implements Processor<String, Entity, String, ClaimChange> {

        private @Nullable ProcessorContext<String, ClaimChange> context;
        private @Nullable KeyValueStore<String, Claims> claims;

        @Override
        public void init(ProcessorContext<String, ClaimChange> context) {
            this.context = context;
            this.claims = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, Entity> record) {
            if (record.key() == null) {
                throw new UnusableRecordException(DeadLetterReason.INVALID, "an entity has no key");
            }
            var store = requireNonNull(claims);
            var known = store.get(record.key());
            var before = new TreeSet<>(known == null ? List.of() : known.getSubjects());
            var after = new TreeSet<>(
                    record.value() == null ? List.of() : record.value().getClaims());
            if (before.equals(after)) {
                return;
            }
            store.put(record.key(), after.isEmpty() ? null : new Claims(List.copyOf(after)));
            var cause = DeclarationMapping.of(record);
            before.stream().filter(it -> !after.contains(it)).forEach(it -> tell(record, it, false, cause));
            after.stream().filter(it -> !before.contains(it)).forEach(it -> tell(record, it, true, cause));
        }

        private void tell(Record<String, Entity> record, String subject, boolean gained, Declaration cause) {
            var change = new ClaimChange(record.key(), gained, cause, "");
            requireNonNull(context)
                    .forward(new Record<>(subject, change, record.timestamp(), traceOf(record.headers())));
        }
    }
}
