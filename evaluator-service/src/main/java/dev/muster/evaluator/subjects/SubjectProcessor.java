package dev.muster.evaluator.subjects;

import static dev.muster.evaluator.mapping.RegisterMapping.size;
import static dev.muster.schemas.CloudEventHeaders.traceOf;
import static java.util.Objects.requireNonNull;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.evaluator.mapping.ChangeMapping;
import dev.muster.evaluator.mapping.Decoded;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.mapping.RegisterMapping;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.registers.RegisterStore;
import dev.muster.evaluator.state.ClaimChange;
import dev.muster.evaluator.state.Declaration;
import dev.muster.evaluator.state.EntityInput;
import dev.muster.evaluator.state.FactOfSubject;
import dev.muster.evaluator.state.StoredChange;
import dev.muster.evaluator.state.SubjectChanged;
import dev.muster.evaluator.state.SubjectGained;
import dev.muster.evaluator.state.SubjectLost;
import dev.muster.records.FactMapping;
import dev.muster.records.UnusableRecordException;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactsObserved;
import java.util.ArrayList;
import java.util.HashMap;
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
    private RegisterStore facts;
    private KeyValueStore<String, Declaration> claims;
    private Decoded<FactState> states;
    private Decoded<List<String>> claimants;

    SubjectProcessor(FactCatalogue catalogue, EvaluatorMeters meters) {
        this.catalogue = catalogue;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, EntityInput> context) {
        this.context = context;
        this.facts = new RegisterStore(context.getStateStore(SubjectsStage.FACTS), 2);
        this.claims = context.getStateStore(SubjectsStage.CLAIMS);
        this.states = new Decoded<>(RegisterMapping::items);
        this.claimants = new Decoded<>(List::size);
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
        var before = new HashMap<String, @Nullable FactState>();
        var after = new LinkedHashMap<String, FactState>();
        var effective = new ArrayList<StoredChange>();
        for (var change : FactMapping.toEngine(observed)) {
            var key = Keys.of(subject, change.fact());
            var known = after.containsKey(key) ? after.get(key) : before.computeIfAbsent(key, this::state);
            var state = applied(known, change);
            if (state != known) {
                after.put(key, state);
                effective.add(ChangeMapping.toStore(change));
            }
        }
        after.forEach((key, state) -> {
            facts.put(key, before.get(key), state);
            states.put(key, state);
        });
        meters.changes(observed.getChanges().size(), effective.size());
        if (!effective.isEmpty()) {
            forward(subject, new SubjectChanged(effective), record);
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
        return states.get(key, facts::get);
    }

    private void forward(String subject, SubjectChanged changed, Record<String, SpecificRecord> record) {
        var trace = traceOf(record.headers());
        var all = requireNonNull(claimants.get(subject, this::claimants));
        for (var entity : all) {
            context.forward(new Record<>(entity, new EntityInput(subject, changed), record.timestamp(), trace));
        }
        if (all.isEmpty()) {
            meters.unclaimed();
        }
    }

    private List<String> claimants(String subject) {
        var entities = new ArrayList<String>();
        try (var all = claims.prefixScan(Keys.prefix(subject), PREFIXES)) {
            all.forEachRemaining(it -> entities.add(Keys.part(it.key, 1)));
        }
        return entities;
    }

    private void gained(ClaimChange change, Record<String, SpecificRecord> record) {
        claims.put(Keys.of(record.key(), change.getEntity()), change.getCause());
        claimants.remove(record.key());
        var told = new Pieces(change, record);
        facts.forEach(Keys.prefix(record.key()), told::add);
        told.end();
    }

    /// What a new claimant is told, in records that are not too large.
    private final class Pieces {

        private final ClaimChange change;
        private final Record<String, SpecificRecord> record;
        private final List<FactOfSubject> facts = new ArrayList<>();
        private long size;

        Pieces(ClaimChange change, Record<String, SpecificRecord> record) {
            this.change = change;
            this.record = record;
        }

        void add(String key, FactState state) {
            facts.add(new FactOfSubject(Keys.part(key, 1), RegisterMapping.toStore(state)));
            size += size(state);
            if (size > PIECE) {
                end();
            }
        }

        void end() {
            if (!facts.isEmpty()) {
                tell(change, record, new SubjectGained(List.copyOf(facts), change.getCause()));
                facts.clear();
                size = 0;
            }
        }
    }

    private void lost(ClaimChange change, Record<String, SpecificRecord> record) {
        claims.delete(Keys.of(record.key(), change.getEntity()));
        claimants.remove(record.key());
        tell(change, record, new SubjectLost(change.getCause()));
    }

    private void tell(ClaimChange change, Record<String, SpecificRecord> record, Object what) {
        var input = new EntityInput(record.key(), what);
        context.forward(new Record<>(change.getEntity(), input, record.timestamp(), traceOf(record.headers())));
    }
}
