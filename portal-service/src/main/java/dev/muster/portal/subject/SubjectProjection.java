package dev.muster.portal.subject;

import static dev.muster.portal.readmodel.ReadModel.Subject.CONNECTION;
import static dev.muster.portal.readmodel.ReadModel.Subject.DELETED;
import static dev.muster.portal.readmodel.ReadModel.Subject.DELIVERY_ID;
import static dev.muster.portal.readmodel.ReadModel.Subject.FACTS;
import static dev.muster.portal.readmodel.ReadModel.Subject.FIRST_SEEN_AT;
import static dev.muster.portal.readmodel.ReadModel.Subject.LAST_SEEN_AT;
import static dev.muster.portal.readmodel.ReadModel.Subject.MOVED_TO;
import static dev.muster.portal.readmodel.ReadModel.Subject.SOURCE;
import static dev.muster.portal.readmodel.ReadModel.Subject.SUBJECT;
import static dev.muster.portal.readmodel.ReadModel.Subject.SUBJECT_TABLE;
import static dev.muster.portal.readmodel.ReadModel.Subject.WHEREABOUTS_AT;
import static dev.muster.portal.readmodel.ReadModel.Subject.WHEREABOUTS_RANK;
import static dev.muster.portal.readmodel.ReadModel.Told.TOLD;
import static dev.muster.portal.readmodel.ReadModel.Told.TOLD_AT;
import static java.util.stream.Collectors.toMap;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.ReadModel.Told;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactsObserved;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Which subjects facts were reported about, by which deliveries, and the names of those facts; never a value.
/// Told once a batch for each connection.
@Component
class SubjectProjection implements Projection<FactsObserved> {

    private final Topics topics;

    SubjectProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, FactsObserved> topic() {
        return topics.facts();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<FactsObserved>> records, Changes changes) {
        var seen = new LinkedHashMap<String, Seen>();
        var told = Upsert.inMonths(TOLD, 2, TOLD_AT, List.of(Told.DELIVERY_ID, Told.SUBJECT, Told.FACTS, TOLD_AT));
        for (var record : records) {
            var observed = record.value();
            if (observed != null) {
                seen.computeIfAbsent(observed.getSubject(), _ -> new Seen(observed))
                        .add(observed);
                told.add(
                        observed.getOrigin().getDeliveryId(),
                        observed.getSubject(),
                        observed.getChanges().stream()
                                .map(FactChange::getFact)
                                .distinct()
                                .toArray(String[]::new),
                        record.timestamp());
                var connection = observed.getOrigin().getConnection();
                changes.say("subject", connection, Map.of("connection", connection));
            }
        }
        var known = known(sql, seen.keySet());
        seen.forEach((subject, each) -> each.join(known.get(subject)));
        var upsert = new Upsert(
                SUBJECT_TABLE,
                1,
                List.of(
                        SUBJECT,
                        FACTS,
                        FIRST_SEEN_AT,
                        LAST_SEEN_AT,
                        SOURCE,
                        CONNECTION,
                        DELIVERY_ID,
                        MOVED_TO,
                        DELETED,
                        WHEREABOUTS_AT,
                        WHEREABOUTS_RANK));
        seen.forEach((subject, each) -> upsert.add(
                subject,
                each.facts.toArray(String[]::new),
                each.first,
                each.last.getReceivedAt(),
                each.last.getOrigin().getSource(),
                each.last.getOrigin().getConnection(),
                each.last.getOrigin().getDeliveryId(),
                each.whereabouts.movedTo(),
                each.whereabouts.deleted(),
                each.whereabouts.at(),
                each.whereabouts.rank()));
        upsert.execute(sql);
        told.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(SUBJECT_TABLE).execute();
        sql.deleteFrom(TOLD).execute();
    }

    private static Map<String, Known> known(DSLContext sql, Set<String> subjects) {
        return sql
                .select(SUBJECT, FACTS, FIRST_SEEN_AT, MOVED_TO, DELETED, WHEREABOUTS_AT, WHEREABOUTS_RANK)
                .from(SUBJECT_TABLE)
                .where(SUBJECT.in(subjects))
                .stream()
                .collect(toMap(row -> row.get(SUBJECT), SubjectProjection::known));
    }

    private static Known known(Record row) {
        var whereabouts =
                new Place(row.get(MOVED_TO), row.get(DELETED), row.get(WHEREABOUTS_AT), row.get(WHEREABOUTS_RANK));
        return new Known(List.of(row.get(FACTS)), row.get(FIRST_SEEN_AT), whereabouts);
    }

    private record Known(List<String> facts, Instant first, Place whereabouts) {}

    private static final class Seen {
        private final TreeSet<String> facts = new TreeSet<>();
        private Instant first;
        private FactsObserved last;
        private Place whereabouts = Place.HERE;

        Seen(FactsObserved observed) {
            first = observed.getReceivedAt();
            last = observed;
        }

        void add(FactsObserved observed) {
            for (var change : observed.getChanges()) {
                facts.add(change.getFact());
                whereabouts = whereabouts.and(Place.of(observed.getSubject(), change));
            }
            last = observed;
        }

        void join(@Nullable Known known) {
            if (known != null) {
                facts.addAll(known.facts());
                first = known.first();
                whereabouts = known.whereabouts().and(whereabouts);
            }
        }
    }
}
