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
import dev.muster.portal.readmodel.Documents;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Repository;

/// Reads how connections report.
@Repository
class Connections {

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

    private final DSLContext sql;

    Connections(DSLContext sql) {
        this.sql = sql;
    }

    /// All of them, by name.
    List<ConnectionView> all() {
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
