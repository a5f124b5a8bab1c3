package dev.muster.portal.connection;

import static dev.muster.portal.readmodel.ReadModel.Connection.CONNECTION;
import static dev.muster.portal.readmodel.ReadModel.Connection.NAME;

import dev.muster.portal.connection.ConnectionView.Details;
import dev.muster.portal.projection.Changes;
import dev.muster.portal.projection.Projection;
import dev.muster.portal.projection.Recorded;
import dev.muster.portal.readmodel.Documents;
import dev.muster.portal.readmodel.Upsert;
import dev.muster.schemas.Topic;
import dev.muster.schemas.Topics;
import dev.muster.schemas.v1.ConnectionStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// How connections report; the last record of each says it.
@Component
class ConnectionProjection implements Projection<ConnectionStatus> {

    private final Topics topics;

    ConnectionProjection(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<String, ConnectionStatus> topic() {
        return topics.connections();
    }

    @Override
    public void apply(DSLContext sql, List<Recorded<ConnectionStatus>> records, Changes changes) {
        var last = new LinkedHashMap<String, Recorded<ConnectionStatus>>();
        records.forEach(record -> last.put(record.key(), record));
        var upsert = new Upsert(CONNECTION, 1, Connections.COLUMNS);
        for (var record : last.values()) {
            var it = record.value();
            if (it == null) {
                sql.deleteFrom(CONNECTION).where(NAME.eq(record.key())).execute();
            } else {
                upsert.add(
                        it.getName(),
                        it.getSource(),
                        it.getAccepted(),
                        it.getRejected(),
                        it.getFailed(),
                        it.getLastAcceptedAt(),
                        it.getLastMappedAt(),
                        it.getSilentSince(),
                        it.getRejectingSince(),
                        it.getFailingSince(),
                        Documents.write(Details.of(it)));
            }
            changes.say("connection", record.key(), Map.of("connection", record.key()));
        }
        upsert.execute(sql);
    }

    @Override
    public void forget(DSLContext sql) {
        sql.deleteFrom(CONNECTION).execute();
    }
}
