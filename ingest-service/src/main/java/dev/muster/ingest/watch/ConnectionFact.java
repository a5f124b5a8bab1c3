package dev.muster.ingest.watch;

import dev.muster.engine.fact.FactCatalogue;
import dev.muster.ingest.json.CanonicalJson;
import dev.muster.schemas.v1.ConnectionStatus;
import dev.muster.schemas.v1.FactChange;
import dev.muster.schemas.v1.FactChangeKind;
import dev.muster.schemas.v1.FactsObserved;
import dev.muster.schemas.v1.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The fact `connection` about the subject `connection:NAME`. Pure.
final class ConnectionFact {

    private static final String NAME = "connection";
    private static final String SOURCE = "muster";

    /// It stays evidence for some hours; well before, it is told again.
    private static final Duration AGAIN = Duration.ofHours(1);

    private ConnectionFact() {}

    static String subject(String connection) {
        return NAME + ":" + connection;
    }

    /// Whether it has to be told: trouble began or ended, or it was not told for an hour.
    ///
    /// @param known null when nothing was
    static boolean isDue(@Nullable ConnectionStatus known, ConnectionStatus status, Instant now) {
        return known == null
                || known.getToldAt() == null
                || !known.getToldAt().plus(AGAIN).isAfter(now)
                || !Objects.equals(known.getSilentSince(), status.getSilentSince())
                || !Objects.equals(known.getRejectingSince(), status.getRejectingSince())
                || !Objects.equals(known.getFailingSince(), status.getFailingSince());
    }

    static FactsObserved of(ConnectionStatus status, FactCatalogue facts, String requestId, Instant now) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("silent", status.getSilentSince() != null);
        fields.put("rejecting", status.getRejectingSince() != null);
        fields.put("failing", status.getFailingSince() != null);
        if (status.getLastAcceptedAt() != null) {
            fields.put("lastAcceptedAt", status.getLastAcceptedAt().toString());
        }
        if (status.getLastRejected() != null) {
            fields.put("lastRejectedAt", status.getLastRejected().getAt().toString());
            fields.put("rejectedFor", status.getLastRejected().getReason());
        }
        if (status.getLastFailure() != null) {
            fields.put("failure", status.getLastFailure().getReason());
        }
        fields.put("unmappedEvents", status.getUnmapped().size());
        if (status.getClockDifferenceMillis() != null) {
            fields.put("clockDifference", Math.floorDiv(status.getClockDifferenceMillis(), 1_000L));
        }
        var change = FactChange.newBuilder()
                .setFact(NAME)
                .setKind(FactChangeKind.SET)
                .setValue(facts.canonical(CanonicalJson.of(fields)))
                .setSourceTime(now)
                .build();
        var origin = new Origin(SOURCE, status.getName(), requestId, null, null, false);
        return FactsObserved.newBuilder()
                .setSubject(subject(status.getName()))
                .setChanges(List.of(change))
                .setOrigin(origin)
                .setReceivedAt(now)
                .build();
    }
}
