package dev.muster.evaluator.subjects;

import static dev.muster.evaluator.mapping.RegisterMapping.size;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.evaluator.mapping.ChangeMapping;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.mapping.RegisterMapping;
import dev.muster.evaluator.mapping.UnusableRecordException;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.state.ClaimChange;
import dev.muster.evaluator.state.Declaration;
import dev.muster.evaluator.state.EntityInput;
import dev.muster.evaluator.state.FactOfSubject;
import dev.muster.evaluator.state.Register;
import dev.muster.evaluator.state.StoredChange;
import dev.muster.evaluator.state.SubjectChanged;
import dev.muster.evaluator.state.SubjectGained;
import dev.muster.evaluator.state.SubjectLost;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactsObserved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// One partition of [SubjectsStage].
// Kafka Streams calls init before process; registers are the same instance when nothing changed
@SuppressWarnings({"NullAway.Init", "ReferenceEquality"})
final class SubjectProcessor implements Processor<String, SpecificRecord, String, EntityInput> {

    /// A register above this would not fit into a record of its changelog.
    static final long LARGEST_REGISTER = 8L * 1024 * 1024;

    /// A new claimant is told in pieces of about this size.
    private static final long PIECE = 1024 * 1024;

    private static final StringSerializer PREFIXES = new StringSerializer();

    private final FactCatalogue catalogue;
    private final EvaluatorMeters meters;
    private ProcessorContext<String, EntityInput> context;
    private KeyValueStore<String, Register> facts;
    private KeyValueStore<String, Declaration> claims;

    SubjectProcessor(FactCatalogue catalogue, EvaluatorMeters meters) {
        this.catalogue = catalogue;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, EntityInput> context) {
        this.context = context;
        this.facts = context.getStateStore(SubjectsStage.FACTS);
        this.claims = context.getStateStore(SubjectsStage.CLAIMS);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (record.key() == null) {
            throw new UnusableRecordException(DeadLetterReason.INVALID, "a record has no key");
        }
        switch (record.value()) {
            case FactsObserved it -> observed(it, record);
            case ClaimChange it when it.getGained() -> gained(it, record);
            case ClaimChange it -> lost(it, record);
            case null, default -> throw new UnusableRecordException(DeadLetterReason.INVALID, "a record has no facts");
        }
    }

    private void observed(FactsObserved observed, Record<String, SpecificRecord> record) {
        var subject = record.key();
        if (!subject.equals(observed.getSubject())) {
            throw new UnusableRecordException(
                    DeadLetterReason.INVALID, "the key is not the subject, " + observed.getSubject());
        }
        var after = new LinkedHashMap<String, FactState>();
        var effective = new ArrayList<StoredChange>();
        for (var change : ChangeMapping.toEngine(observed)) {
            var key = Keys.of(subject, change.fact());
            var before = after.containsKey(key) ? after.get(key) : state(key);
            var state = applied(before, change);
            if (state != before) {
                after.put(key, state);
                effective.add(ChangeMapping.toStore(change));
            }
        }
        after.forEach((key, state) -> facts.put(key, RegisterMapping.toStore(state)));
        meters.changes(observed.getChanges().size(), effective.size());
        if (!effective.isEmpty()) {
            forward(subject, new SubjectChanged(effective), record.timestamp());
        }
    }

    private FactState applied(@Nullable FactState before, FactChange change) {
        var bound = catalogue.find(change.fact()).map(FactDeclaration::bound).orElse(FactDeclaration.DEFAULT_BOUND);
        var after = Registers.apply(before, change, bound);
        if (after != before && size(after) > LARGEST_REGISTER) {
            throw new UnusableRecordException(
                    DeadLetterReason.TOO_LARGE,
                    "the fact %s of the subject would take up more than %d bytes"
                            .formatted(change.fact(), LARGEST_REGISTER));
        }
        return after;
    }

    private @Nullable FactState state(String key) {
        var register = facts.get(key);
        return register == null ? null : RegisterMapping.toEngine(register);
    }

    private void forward(String subject, SubjectChanged changed, long timestamp) {
        var claimants = 0;
        try (var all = claims.prefixScan(Keys.prefix(subject), PREFIXES)) {
            while (all.hasNext()) {
                claimants++;
                var entity = Keys.part(all.next().key, 1);
                context.forward(new Record<>(entity, new EntityInput(subject, changed), timestamp));
            }
        }
        if (claimants == 0) {
            meters.unclaimed();
        }
    }

    private void gained(ClaimChange change, Record<String, SpecificRecord> record) {
        claims.put(Keys.of(record.key(), change.getEntity()), change.getCause());
        var piece = new ArrayList<FactOfSubject>();
        var size = 0L;
        try (var all = facts.prefixScan(Keys.prefix(record.key()), PREFIXES)) {
            while (all.hasNext()) {
                var next = all.next();
                piece.add(new FactOfSubject(Keys.part(next.key, 1), next.value));
                size += size(RegisterMapping.toEngine(next.value));
                if (size > PIECE || !all.hasNext()) {
                    tell(change, record, new SubjectGained(List.copyOf(piece), change.getCause()));
                    piece.clear();
                    size = 0;
                }
            }
        }
    }

    private void lost(ClaimChange change, Record<String, SpecificRecord> record) {
        claims.delete(Keys.of(record.key(), change.getEntity()));
        tell(change, record, new SubjectLost(change.getCause()));
    }

    private void tell(ClaimChange change, Record<String, SpecificRecord> record, Object what) {
        context.forward(new Record<>(change.getEntity(), new EntityInput(record.key(), what), record.timestamp()));
    }
}
