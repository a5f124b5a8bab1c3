package dev.muster.portal.connection;

import static dev.muster.portal.readmodel.ReadModel.Connection.ACCEPTED;
import static dev.muster.portal.readmodel.ReadModel.Connection.CONNECTION;
import static dev.muster.portal.readmodel.ReadModel.Connection.DETAILS;
import static dev.muster.portal.readmodel.ReadModel.Connection.FAILED;
import static dev.muster.portal.readmodel.ReadModel.Connection.FAILING_SINCE;
import static dev.muster.portal.readmodel.ReadModel.Connection.LAST_ACCEPTED_AT;
import static dev.muster.portal.readmodel.ReadModel.Connection.LAST_MAPPED_AT;
import static dev.muster.portal.readmodel.ReadModel.Connection.NAME;
import static dev.muster.portal.readmodel.ReadModel.Connection.REJECTED;
import static dev.muster.portal.readmodel.ReadModel.Connection.REJECTING_SINCE;
import static dev.muster.portal.readmodel.ReadModel.Connection.SILENT_SINCE;
import static dev.muster.portal.readmodel.ReadModel.Connection.SOURCE;

import dev.muster.portal.connection.ConnectionView.Details;
import dev.muster.portal.paging.Sort;
import dev.muster.portal.readmodel.Documents;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Reads how connections report.
@Repository
public class Connections {

    static final List<Field<?>> COLUMNS = List.of(
            NAME,
            SOURCE,
            ACCEPTED,
            REJECTED,
            FAILED,
            LAST_ACCEPTED_AT,
            LAST_MAPPED_AT,
            SILENT_SINCE,
            REJECTING_SINCE,
            FAILING_SINCE,
            DETAILS);

    private static final List<String> WORST_FIRST = List.of("rejecting", "failing", "silent", "never", "reporting");

    private static final Map<String, Comparator<ConnectionView>> ORDERS = Map.of(
            "state", Comparator.comparingInt(it -> WORST_FIRST.indexOf(it.state())),
            "name", Comparator.comparing(ConnectionView::name),
            "last",
                    Comparator.comparing(
                            ConnectionView::lastAcceptedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())),
            "accepted", Comparator.comparingLong(ConnectionView::accepted),
            "refused", Comparator.comparingLong(ConnectionView::rejected),
            "unreadable", Comparator.comparingLong(ConnectionView::failed));

    private final DSLContext sql;

    Connections(DSLContext sql) {
        this.sql = sql;
    }

    /// How the list is sorted.
    ///
    /// @param asked `state` (what somebody has to care about first, usual), `name`, `last`, `accepted`,
    /// `refused` or `unreadable`
    /// @throws dev.muster.service.ProblemException 400 when it cannot be sorted so
    public static Sort sort(@Nullable String asked) {
        return Sort.read(asked, "state", List.of("state", "name", "last", "accepted", "refused", "unreadable"));
    }

    /// All of them.
    ///
    /// @param sort as [#sort] read it; what is equal is sorted by name
    public List<ConnectionView> list(Sort sort) {
        return all().stream().sorted(sort.comparator(ORDERS)).toList();
    }

    private List<ConnectionView> all() {
        return sql.select(COLUMNS)
                .from(CONNECTION)
                .orderBy(NAME)
                .fetch(row -> new ConnectionView(
                        row.get(NAME),
                        row.get(SOURCE),
                        row.get(ACCEPTED),
                        row.get(REJECTED),
                        row.get(FAILED),
                        row.get(LAST_ACCEPTED_AT),
                        row.get(LAST_MAPPED_AT),
                        row.get(SILENT_SINCE),
                        row.get(REJECTING_SINCE),
                        row.get(FAILING_SINCE),
                        Documents.read(row.get(DETAILS), Details.class)));
    }
}
