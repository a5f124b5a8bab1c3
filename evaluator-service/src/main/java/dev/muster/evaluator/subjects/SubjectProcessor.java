package dev.muster.evaluator.subjects;

import static dev.muster.evaluator.mapping.RegisterMapping.size;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.FactState;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.fact.Retold;
import dev.muster.engine.fact.Whereabouts;
import dev.muster.engine.fact.Whereabouts.Stop;
import dev.muster.evaluator.mapping.ChangeMapping;
import dev.muster.evaluator.mapping.Decoded;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.mapping.RegisterMapping;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.registers.RegisterStore;
import dev.muster.evaluator.state.ClaimChange;
import dev.muster.evaluator.state.Declaration;
import dev.muster.evaluator.state.StoredChange;
import dev.muster.evaluator.state.SubjectChanged;
import dev.muster.evaluator.state.SubjectLost;
import dev.muster.evaluator.state.SubjectMoved;
import dev.muster.records.FactMapping;
import dev.muster.records.UnusableRecordException;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.FactsObserved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// One partition of [SubjectsStage].
// Kafka Streams calls init before process; registers are the same instance when nothing changed
@SuppressWarnings({"NullAway.Init", "ReferenceEquality"})
final class SubjectProcessor implements Processor<String, SpecificRecord, String, SpecificRecord> {

    /// A register above this would not fit into a record of its changelog.
    static final long LARGEST_REGISTER = 8L * 1024 * 1024;

    private final FactCatalogue catalogue;
    private final EvaluatorMeters meters;
    private ProcessorContext<String, SpecificRecord> context;
    private RegisterStore facts;
    private Decoded<FactState> states;
    private Claimants claimants;
    private Names names;

    SubjectProcessor(FactCatalogue catalogue, EvaluatorMeters meters) {
        this.catalogue = catalogue;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.facts = new RegisterStore(context.getStateStore(SubjectsStage.FACTS), 2);
        this.states = new Decoded<>(RegisterMapping::items);
        this.claimants = new Claimants(context.getStateStore(SubjectsStage.CLAIMS));
        this.names = new Names(context.getStateStore(SubjectsStage.WHEREABOUTS));
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (record.key() == null) {
            throw new UnusableRecordException(DeadLetterReason.INVALID, "a record has no key");
        }
        var forwarding = new Forwarding(context, record);
        switch (record.value()) {
            case FactsObserved it -> observed(it, record.key(), forwarding);
            case ClaimChange it when it.getGained() -> gained(it, record.key(), forwarding);
            case ClaimChange it -> lost(it, record.key(), forwarding);
            case null, default -> throw new UnusableRecordException(DeadLetterReason.INVALID, "a record has no facts");
        }
    }

    // ---- facts

    private void observed(FactsObserved observed, String subject, Forwarding forwarding) {
        if (!subject.equals(observed.getSubject())) {
            throw new UnusableRecordException(
                    DeadLetterReason.INVALID, "the key is not the subject, " + observed.getSubject());
        }
        var told = FactMapping.toEngine(observed);
        var before = names.of(subject);
        var after = before;
        for (var change : told) {
            var stop = stop(subject, change);
            after = stop == null ? after : after.and(stop);
        }
        if (after.stayed()) {
            take(subject, told, forwarding);
            names.put(subject, before, after);
            return;
        }
        var here = new ArrayList<FactChange>();
        var away = new LinkedHashMap<Stop, List<FactChange>>();
        var moved = observed.getMoved();
        for (var change : told) {
            var at = change.version().sourceTime();
            var gone = change.fact().equals(Whereabouts.FACT)
                    ? Optional.<Stop>empty()
                    : after.gone(moved == null || at.isAfter(moved.getAt()) ? at : moved.getAt());
            gone.map(it -> away.computeIfAbsent(it, _ -> new ArrayList<>()))
                    .orElse(here)
                    .add(change);
        }
        take(subject, here, forwarding);
        if (names.put(subject, before, after)) {
            moved(subject, before, after, told, forwarding);
        }
        away.forEach((stop, changes) -> pass(subject, stop, changes, forwarding));
    }

    /// News of the name that a change tells; null when it tells others.
    private static @Nullable Stop stop(String subject, FactChange change) {
        if (!(change instanceof FactChange.Set set) || !set.fact().equals(Whereabouts.FACT)) {
            return null;
        }
        return Whereabouts.stop(subject, set.json(), set.version())
                .orElseThrow(() -> new UnusableRecordException(
                        DeadLetterReason.INVALID, "it is said to have moved to what is no subject: " + set.json()));
    }

    /// Applies what is told, and tells it to those who claim the subject.
    private void take(String subject, List<FactChange> told, Forwarding forwarding) {
        var before = new HashMap<String, @Nullable FactState>();
        var after = new LinkedHashMap<String, FactState>();
        var effective = new ArrayList<StoredChange>();
        for (var change : told) {
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
        meters.changes(told.size(), effective.size());
        if (!effective.isEmpty()) {
            var all = claimants.of(subject);
            all.forEach(entity -> forwarding.tell(entity, subject, new SubjectChanged(effective)));
            if (all.isEmpty()) {
                meters.unclaimed();
            }
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

    // ---- names that went elsewhere

    /// Makes news of the name count: who took its place learns of it, and gets all that is known and all who claim it.
    private void moved(
            String subject, Whereabouts before, Whereabouts after, List<FactChange> told, Forwarding forwarding) {
        for (var change : told) {
            var stop = stop(subject, change);
            if (stop != null && !stop.movedTo().isEmpty() && !before.stops().contains(stop)) {
                forwarding.retell(subject, stop, List.of(Whereabouts.here(change)));
            }
        }
        var then = before.gone();
        var now = after.gone();
        if (now.equals(then)) {
            return;
        }
        now.ifPresent(stop -> leave(subject, stop, forwarding));
        var from = then.map(Stop::movedTo).orElse("");
        var to = now.map(Stop::movedTo).orElse("");
        claimants.causes(subject).forEach((entity, cause) -> {
            if (now.isPresent()) {
                forwarding.tell(entity, subject, new SubjectMoved(to, news(subject)));
            } else {
                forwarding.tellAll(entity, subject, facts, cause);
            }
            if (!from.equals(to)) {
                follow(entity, subject, from, false, cause, forwarding);
                follow(entity, subject, to, true, cause, forwarding);
            }
        });
    }

    /// All that is known goes with the name.
    private void leave(String subject, Stop stop, Forwarding forwarding) {
        var left = new LinkedHashMap<String, FactState>();
        facts.forEach(Keys.prefix(subject), left::put);
        left.remove(Keys.of(subject, Whereabouts.FACT));
        left.forEach((key, state) -> {
            pass(subject, stop, Retold.of(Keys.part(key, 1), state), forwarding);
            facts.delete(key);
            states.remove(key);
        });
    }

    private void pass(String subject, Stop stop, List<FactChange> changes, Forwarding forwarding) {
        if (!stop.deleted()) {
            forwarding.retell(subject, stop, changes);
            meters.moved(changes.size());
        }
    }

    private static void follow(
            String entity, String subject, String movedTo, boolean gained, Declaration cause, Forwarding forwarding) {
        if (!movedTo.isEmpty()) {
            forwarding.follow(entity, subject, movedTo, gained, cause);
        }
    }

    /// The newest news of the name.
    private StoredChange news(String subject) {
        if (state(Keys.of(subject, Whereabouts.FACT)) instanceof FactState.Scalar it
                && it.json() != null
                && it.version() != null
                && it.origin() != null) {
            return ChangeMapping.toStore(
                    new FactChange.Set(Whereabouts.FACT, it.json(), it.version(), it.origin(), it.clamped()));
        }
        throw new IllegalStateException("nothing is known of where %s went".formatted(subject));
    }

    // ---- claims

    private void gained(ClaimChange change, String subject, Forwarding forwarding) {
        var entity = change.getEntity();
        var first = claimants.gain(subject, change);
        if (first || change.getVia().isEmpty()) {
            forwarding.tellAll(entity, subject, facts, change.getCause());
        }
        if (first) {
            names.of(subject).gone().ifPresent(stop -> {
                forwarding.tell(entity, subject, new SubjectMoved(stop.movedTo(), news(subject)));
                follow(entity, subject, stop.movedTo(), true, change.getCause(), forwarding);
            });
        }
    }

    private void lost(ClaimChange change, String subject, Forwarding forwarding) {
        if (claimants.lose(subject, change)) {
            forwarding.tell(change.getEntity(), subject, new SubjectLost(change.getCause()));
            names.of(subject)
                    .gone()
                    .ifPresent(stop ->
                            follow(change.getEntity(), subject, stop.movedTo(), false, change.getCause(), forwarding));
        }
    }
}
