package dev.muster.evaluator.subjects;

import static dev.muster.schemas.CloudEventHeaders.traceOf;

import dev.muster.engine.fact.FactChange;
import dev.muster.engine.fact.Whereabouts.Stop;
import dev.muster.evaluator.mapping.Keys;
import dev.muster.evaluator.mapping.RegisterMapping;
import dev.muster.evaluator.registers.RegisterStore;
import dev.muster.evaluator.state.ClaimChange;
import dev.muster.evaluator.state.Declaration;
import dev.muster.evaluator.state.EntityInput;
import dev.muster.evaluator.state.FactOfSubject;
import dev.muster.evaluator.state.SubjectGained;
import dev.muster.records.FactMapping;
import dev.muster.schemas.CloudEventHeaders;
import dev.muster.schemas.v1.Moved;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Says what follows from one record: to entities, to who keeps claims, and to subjects that took the place of others.
final class Forwarding {

    /// A new claimant is told in pieces of about this size, and so is a new subject.
    private static final long PIECE = 1024 * 1024;

    private static final String SOURCE = "/muster/evaluator";

    private final ProcessorContext<String, SpecificRecord> context;
    private final long timestamp;
    private final Headers headers;

    Forwarding(ProcessorContext<String, SpecificRecord> context, Record<?, ?> record) {
        this.context = context;
        this.timestamp = record.timestamp();
        this.headers = record.headers();
    }

    /// Tells an entity something about a subject.
    void tell(String entity, String subject, Object what) {
        context.forward(new Record<>(entity, new EntityInput(subject, what), timestamp, traceOf(headers)));
    }

    /// Tells an entity all that is known of a subject.
    void tellAll(String entity, String subject, RegisterStore facts, Declaration cause) {
        var piece = new ArrayList<FactOfSubject>();
        var size = new long[1];
        facts.forEach(Keys.prefix(subject), (key, state) -> {
            piece.add(new FactOfSubject(Keys.part(key, 1), RegisterMapping.toStore(state)));
            size[0] += RegisterMapping.size(state);
            if (size[0] > PIECE) {
                tell(entity, subject, new SubjectGained(List.copyOf(piece), cause));
                piece.clear();
                size[0] = 0;
            }
        });
        if (!piece.isEmpty()) {
            tell(entity, subject, new SubjectGained(List.copyOf(piece), cause));
        }
    }

    /// Lets an entity that claims `subject` claim what took its place, or ends that.
    void follow(String entity, String subject, String movedTo, boolean gained, Declaration cause) {
        var change = new ClaimChange(entity, gained, cause, subject);
        context.forward(new Record<>(movedTo, change, timestamp, traceOf(headers)));
    }

    /// Tells changes again, of the subject that took the place of `subject`.
    void retell(String subject, Stop stop, List<? extends FactChange> changes) {
        var piece = new ArrayList<FactChange>();
        var pieces = 0;
        var size = 0L;
        for (var change : changes) {
            var next = size(change);
            if (!piece.isEmpty() && (size + next > PIECE || !isOfOne(piece.getFirst(), change))) {
                send(subject, stop, piece, pieces++);
                piece.clear();
                size = 0;
            }
            piece.add(change);
            size += next;
        }
        if (!piece.isEmpty()) {
            send(subject, stop, piece, pieces);
        }
    }

    /// What one record can carry.
    private static boolean isOfOne(FactChange a, FactChange b) {
        return a.origin().equals(b.origin())
                && a.version().receivedAt().equals(b.version().receivedAt());
    }

    private void send(String subject, Stop stop, List<FactChange> changes, int number) {
        var movedTo = stop.movedTo();
        var told = FactMapping.toAvro(movedTo, List.copyOf(changes), new Moved(subject, stop.at()));
        var deliveryId = told.getOrigin().getDeliveryId();
        var first = changes.getFirst();
        var with = CloudEventHeaders.of(
                "%s|%s|%s|%s|%d".formatted(subject, movedTo, deliveryId, first.fact(), number),
                SOURCE,
                "dev.muster.facts.observed.v1",
                first.version().sourceTime(),
                movedTo,
                deliveryId);
        traceOf(headers).forEach(with::add);
        context.forward(new Record<>(movedTo, told, timestamp, with));
    }

    private static long size(FactChange change) {
        return switch (change) {
            case FactChange.Set it -> 300L + it.json().length();
            case FactChange.Upsert it -> 300L + it.json().length();
            case FactChange.Snapshot it -> {
                var size = 300L;
                for (var item : it.items().values()) {
                    size += 300L + item.length();
                }
                yield size;
            }
            case FactChange.Remove _, FactChange.Invalidate _ -> 300L;
        };
    }
}
