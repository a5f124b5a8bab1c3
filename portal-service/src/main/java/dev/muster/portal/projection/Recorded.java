package dev.muster.portal.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record as it stands on its topic.
///
/// @param timestamp of the record
/// @param rawKey as it was found
/// @param value null is a tombstone
/// @param headers raw, the last of each name
@SuppressWarnings("ArrayRecordComponent") // nobody compares records
public record Recorded<T>(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        byte @Nullable [] rawKey,
        @Nullable T value,
        Map<String, byte[]> headers) {

    /// The key as text; empty when there is none.
    public String key() {
        return rawKey == null ? "" : new String(rawKey, UTF_8);
    }

    <R> Recorded<R> with(@Nullable R other) {
        return new Recorded<>(topic, partition, offset, timestamp, rawKey, other, headers);
    }
}
