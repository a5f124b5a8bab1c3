package dev.muster.evaluator.entities;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.engine.fact.FactDeclaration;
import dev.muster.engine.fact.Paths;
import dev.muster.engine.fact.Registers;
import dev.muster.engine.result.Cause;
import dev.muster.evaluator.mapping.ChangeMapping;
import dev.muster.evaluator.mapping.DeclarationMapping;
import dev.muster.evaluator.mapping.Decoded;
import dev.muster.evaluator.mapping.RegisterMapping;
import dev.muster.evaluator.meters.EvaluatorMeters;
import dev.muster.evaluator.registers.RegisterStore;
import dev.muster.evaluator.state.EntityInput;
import dev.muster.evaluator.state.StoredChange;
import dev.muster.evaluator.state.SubjectChanged;
import dev.muster.evaluator.state.SubjectGained;
import dev.muster.evaluator.state.SubjectLost;
import dev.muster.evaluator.state.SubjectMoved;
import dev.muster.records.UnusableRecordException;
import dev.muster.schemas.DeadLetterReason;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// One partition of [EntitiesStage]: decides what has to be judged, in which order and why.
///
/// [Judging] judges; what is kept and told is in [Results], [Timers], [Targets] and [EntityFacts].
// Kafka Streams calls init before process; registers are the same instance when nothing changed
@SuppressWarnings({"NullAway.Init", "ReferenceEquality"})
final class EntityProcessor implements Processor<String, SpecificRecord, String, Told> {

    private final FactCatalogue catalogue;
    private final Serde<Result> resultSerde;
    private final PublishedScorecards scorecards;
    private final Definitions definitions;
    private final Pace pace;
    private final ThreadLocal<Turns.OfThread> turnsOfThreads;
    private final EvaluatorMeters meters;
    private final List<Turns.Portion> uncommitted = new ArrayList<>();

    private ProcessorContext<String, Told> context;
    private KeyValueStore<String, Entity> entities;
    private Decoded<Entity> lately;
    private RegisterStore registers;
    private Decoded<EntityFacts.About> facts;
    private Timers timers;
    private Results results;
    private Targets targets;
    private Judging judging;
    private Alarm alarm;
    private Turns.OfThread turns;

    EntityProcessor(
            FactCatalogue catalogue,
            Serde<Result> resultSerde,
            PublishedScorecards scorecards,
            Definitions definitions,
            Pace pace,
            ThreadLocal<Turns.OfThread> turnsOfThreads,
            EvaluatorMeters meters) {
        this.catalogue = catalogue;
        this.resultSerde = resultSerde;
        this.scorecards = scorecards;
        this.definitions = definitions;
        this.pace = pace;
        this.turnsOfThreads = turnsOfThreads;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Told> context) {
        this.context = context;
        turns = turnsOfThreads.get();
        entities = context.getStateStore(EntitiesStage.ENTITIES);
        lately = new Decoded<>(_ -> 0);
        registers = new RegisterStore(context.getStateStore(EntitiesStage.FACTS), 3);
        facts = EntityFacts.lately();
        timers = new Timers(context.getStateStore(EntitiesStage.TIMERS));
        results = new Results(context, resultSerde, timers, meters);
        targets = new Targets(
                context.getStateStore(EntitiesStage.SWEEP),
                context.getStateStore(PublishedScorecards.STORE),
                scorecards,
                definitions,
                meters);
        judging = new Judging(results, targets, timers, meters);
        alarm = new Alarm(context, pace.idleTick(), this::tick);
    }

    @Override
    public void close() {
        if (targets != null) {
            targets.close();
        }
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (record.key() == null) {
            throw new UnusableRecordException(DeadLetterReason.INVALID, "a record has no key");
        }
        results.because(null);
        targets.adopt();
        switch (record.value()) {
            case null -> deleted(record);
            case Entity it -> declared(it, record);
            case EntityInput it -> learned(it, record);
            default ->
                throw new IllegalStateException(
                        "no input is a " + record.value().getClass());
        }
        setAlarm(now());
        judging.tellWhatBroke();
    }

    private void tick() {
        results.because(null);
        targets.adopt();
        var now = now();
        committed(now);
        if (timers.mayBeDue(now) && turns.due().isDue(now)) {
            var portion = turns.due().begin(now);
            fire(portion, now);
            now = end(portion);
        }
        if (targets.sweeping() && turns.sweeps().isDue(now)) {
            var portion = turns.sweeps().begin(now);
            var began = now;
            targets.sweep(portion, entities, (entity, target) -> apply(target, entity, facts(entity), began));
            now = end(portion);
        }
        setAlarm(now);
        judging.tellWhatBroke();
    }

    private Instant end(Turns.Portion portion) {
        var now = portion.end();
        if (portion.isUncommitted()) {
            uncommitted.add(portion);
        }
        return now;
    }

    /// Kafka Streams commits between each time that it wakes a partition and the next.
    private void committed(Instant now) {
        uncommitted.forEach(portion -> portion.committed(now));
        uncommitted.clear();
    }

    private void setAlarm(Instant now) {
        if (!uncommitted.isEmpty()) {
            alarm.at(now, now);
        } else if (timers.mayBeDue(now) || targets.sweeping()) {
            alarm.at(now.plus(pace.tick()), now);
        } else if (timers.mayBeDue(now.plus(pace.idleTick()))) {
            alarm.at(timers.notBefore(), now);
        }
    }

    // ---- events

    private void declared(Entity entity, Record<String, SpecificRecord> record) {
        if (!entity.getRef().equals(record.key())) {
            throw new UnusableRecordException(DeadLetterReason.INVALID, "the key is not the ref, " + entity.getRef());
        }
        var now = now();
        var known = entity(entity.getRef());
        if (known != null) {
            settle(known, now);
        }
        results.because(record.headers());
        entities.put(entity.getRef(), entity);
        lately.put(entity.getRef(), entity);
        var cause = Causes.entity(DeclarationMapping.of(record), known == null);
        var facts = facts(entity);
        if (known != null && !paths(known).equals(paths(entity))) {
            facts.reload();
        }
        targets.all().forEach(target -> judging.whole(target, entity, facts, now, cause));
        if (known != null && !Objects.equals(known.getTier(), entity.getTier())) {
            judging.tellTier(entity, now, cause);
        }
    }

    private void deleted(Record<String, SpecificRecord> record) {
        var now = now();
        var known = entity(record.key());
        if (known == null) {
            return;
        }
        settle(known, now);
        results.because(record.headers());
        var cause = Causes.entity(DeclarationMapping.of(record), false);
        for (var result : results.of(known.getRef())) {
            var target = targets.find(result.scorecard());
            judging.end(result, target, known, now, cause);
        }
        facts(known).forget();
        entities.delete(known.getRef());
        lately.remove(known.getRef());
    }

    private void learned(EntityInput input, Record<String, SpecificRecord> record) {
        var entity = entity(record.key());
        if (entity == null) {
            meters.forgotten();
            return;
        }
        var now = now();
        settle(entity, now);
        results.because(record.headers());
        var subject = input.getSubject();
        var facts = facts(entity);
        switch (input.getWhat()) {
            case SubjectChanged it -> it.getChanges().forEach(change -> changed(entity, facts, subject, change, now));
            case SubjectGained it -> gained(entity, facts, subject, it, now);
            case SubjectMoved it -> moved(entity, facts, subject, it, now);
            case SubjectLost it ->
                judging.touch(entity, facts, facts.forget(subject), now, Causes.claim(it.getCause(), subject, false));
            default ->
                throw new IllegalStateException(
                        "no input is a " + input.getWhat().getClass());
        }
        meters.learned(record.timestamp(), now);
    }

    private void changed(Entity entity, EntityFacts facts, String subject, StoredChange stored, Instant now) {
        var change = ChangeMapping.toEngine(stored);
        var before = facts.of(change.fact(), subject);
        var after = Registers.apply(before, change, bound(change.fact()));
        if (after != before) {
            facts.put(change.fact(), subject, before, after);
            judging.touch(entity, facts, Set.of(change.fact()), now, Causes.fact(subject, change, before, after));
        }
    }

    private void gained(Entity entity, EntityFacts facts, String subject, SubjectGained gained, Instant now) {
        var learned = new LinkedHashSet<String>();
        for (var told : gained.getFacts()) {
            var before = facts.of(told.getFact(), subject);
            var state = RegisterMapping.toEngine(told.getRegister());
            var after = before == null ? state : Registers.join(before, state, bound(told.getFact()));
            if (after != before) {
                facts.put(told.getFact(), subject, before, after);
                learned.add(told.getFact());
            }
        }
        judging.touch(entity, facts, learned, now, Causes.claim(gained.getCause(), subject, true));
    }

    private void moved(Entity entity, EntityFacts facts, String subject, SubjectMoved moved, Instant now) {
        var news = ChangeMapping.toEngine(moved.getCause());
        var learned = facts.move(subject, moved.getMovedTo(), this::bound);
        var cause = Causes.fact(subject, news, null, Registers.apply(null, news, 1));
        judging.touch(entity, facts, learned, now, cause);
    }

    private int bound(String fact) {
        return catalogue.find(fact).map(FactDeclaration::bound).orElse(FactDeclaration.DEFAULT_BOUND);
    }

    // ---- what happened while nobody looked

    /// Judges what has to be judged before an event of `entity`: by new scorecards first, then at each instant that
    /// passed, in order.
    private void settle(Entity entity, Instant now) {
        for (var target : targets.aheadOf(entity.getRef())) {
            apply(target, entity, facts(entity), now);
        }
        while (timers.mayBeDue(now) && !judging.broken()) {
            var due = results.firstDue(entity.getRef(), now);
            if (due == null) {
                return;
            }
            fire(due, now);
        }
    }

    private void apply(Target target, Entity entity, EntityFacts facts, Instant now) {
        var definition = target.definition();
        var cause = Causes.scorecard(definition == null ? null : definition.published(), now);
        judging.edited(target, entity, facts, now, cause);
    }

    private void fire(Turns.Portion portion, Instant now) {
        while (portion.goesOn()) {
            var due = timers.first(now);
            if (due.isEmpty()) {
                return;
            }
            fire(due.get(), now);
            portion.judged();
        }
    }

    /// Judges a result at the instant that it waited for, however late that is noticed.
    private void fire(Timers.Due due, Instant now) {
        var entity = entity(due.entity());
        var target = targets.find(due.scorecard());
        var before = results.of(due.entity(), due.scorecard());
        meters.due(due.at(), now);
        if (entity == null
                || target == null
                || before == null
                || target.definition() == null
                || !due.at().equals(before.nextChangeAt())) {
            timers.remove(due);
        } else if (target.isAheadOf(due.entity())) {
            apply(target, entity, facts(entity), now);
        } else {
            var rules = target.definition().compiled().rulesDue(before.result(), due.at());
            judging.rules(
                    target, entity, facts(entity), due.at(), before, rules, version -> Cause.clock(due.at(), version));
        }
    }

    private @Nullable Entity entity(String ref) {
        return lately.get(ref, entities::get);
    }

    private EntityFacts facts(Entity entity) {
        return new EntityFacts(registers, facts, entity.getRef(), paths(entity));
    }

    private static Paths paths(Entity entity) {
        return entity.getPaths().isEmpty() ? Paths.ALL : new Paths(entity.getClaims(), entity.getPaths());
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
