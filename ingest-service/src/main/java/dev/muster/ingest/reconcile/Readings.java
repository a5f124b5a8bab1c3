package dev.muster.ingest.reconcile;

import dev.muster.ingest.journal.Journal;
import dev.muster.ingest.source.Mapper;
import dev.muster.ingest.source.OnError;
import dev.muster.schemas.v1.Delivery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// Journals what was read as deliveries of one connection. The normaliser makes facts of them as of any other.
final class Readings {

    private final Journal journal;
    private final String connection;

    Readings(Journal journal, String connection) {
        this.journal = journal;
        this.connection = connection;
    }

    /// Returns once all are durable.
    ///
    /// @param backfill it tells what was so before: notifies nobody
    /// @throws IOException when one may not be; read again later
    void keep(List<Reading> readings, boolean backfill) throws IOException {
        for (var reading : readings) {
            var outcome = journal.append(delivery(reading, backfill), OnError.RETRIES);
            if (outcome instanceof Journal.Outcome.NotKept(var why)) {
                throw new IOException("what was read is not journalled: " + why);
            }
        }
    }

    private Delivery delivery(Reading reading, boolean backfill) {
        var headers = new TreeMap<String, String>();
        headers.put("x-muster-reading", reading.event());
        if (backfill) {
            headers.put(Mapper.BACKFILL, "true");
        }
        return Delivery.newBuilder()
                .setId("reading-" + UUID.randomUUID())
                .setConnection(connection)
                .setSource(Reading.SOURCE)
                .setReceivedAt(reading.sentAt())
                .setContentType("application/json")
                .setHeaders(headers)
                .setBody(ByteBuffer.wrap(JsonMapper.shared().writeValueAsBytes(reading.body())))
                .build();
    }
}
