package dev.muster.portal.subject;

import static dev.muster.portal.readmodel.ReadModel.Subject.CONNECTION;
import static dev.muster.portal.readmodel.ReadModel.Subject.DELIVERY_ID;
import static dev.muster.portal.readmodel.ReadModel.Subject.FACTS;
import static dev.muster.portal.readmodel.ReadModel.Subject.FIRST_SEEN_AT;
import static dev.muster.portal.readmodel.ReadModel.Subject.LAST_SEEN_AT;
import static dev.muster.portal.readmodel.ReadModel.Subject.SOURCE;
import static dev.muster.portal.readmodel.ReadModel.Subject.SUBJECT;
import static dev.muster.portal.readmodel.ReadModel.Subject.SUBJECT_TABLE;
import static java.util.stream.Collectors.toMap;

import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.FactsObserved;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Which subjects facts were reported about, and the names of those facts; never a value.
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
        for (var record : records) {
            var observed = record.value();
            if (observed != null) {
                seen.computeIfAbsent(observed.getSubject(), _ -> new Seen(observed))
                        .add(observed);
            }
        }
        var known = known(sql, seen.keySet());
        seen.forEach((subject, each) -> each.join(known.get(subject)));
        var upsert = new Upsert(
                SUBJECT_TABLE,
                1,
                List.of(SUBJECT, FACTS, FIRST_SEEN_AT, LAST_SEEN_AT, SOURCE, CONNECTION, DELIVERY_ID));
        seen.forEach((subject, each) -> upsert.add(
                subject,
                each.facts.toArray(String[]::new),
                each.first,
                each.last.getReceivedAt(),
                each.last.getOrigin().getSource(),
                each.last.getOrigin().getConnection(),
                each.last.getOrigin().getDeliveryId()));
        upsert.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(SUBJECT_TABLE).execute();
    }

    private static Map<String, Known> known(DSLContext sql, Set<String> subjects) {
        return sql.select(SUBJECT, FACTS, FIRST_SEEN_AT).from(SUBJECT_TABLE).where(SUBJECT.in(subjects)).stream()
                .collect(toMap(
                        row -> row.get(SUBJECT), row -> new Known(List.of(row.get(FACTS)), row.get(FIRST_SEEN_AT))));
    }

    private record Known(List<String> facts, Instant first) {}

    private static final class Seen {
        private final TreeSet<String> facts = new TreeSet<>();
        private Instant first;
        private FactsObserved last;

        Seen(FactsObserved observed) {
            first = observed.getReceivedAt();
            last = observed;
        }

        void add(FactsObserved observed) {
            observed.getChanges().forEach(change -> facts.add(change.getFact()));
            last = observed;
        }

        void join(@Nullable Known known) {
            if (known != null) {
                facts.addAll(known.facts());
                first = known.first();
            }
        }
    }
}
