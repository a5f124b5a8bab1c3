package dev.muster.evaluator.entities;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.evaluator.mapping.Keys;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// When to look at which result again, ordered by instant. Durable, in the same transaction as the results.
///
/// The key is the instant in milliseconds (8 bytes, big endian), then entity and scorecard. Remembers how early the
/// first can be, so that asking costs nothing while none is due, and a scan never crosses what was removed before.
final class Timers {

    private static final byte[] SET = {1};

    /// A result that is due at an instant.
    record Due(Instant at, String entity, String scorecard) {}

    private final KeyValueStore<Bytes, byte[]> store;
    private long notBefore;

    Timers(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /// Moves the timer of a result.
    void move(String entity, String scorecard, @Nullable Instant from, @Nullable Instant to) {
        if (from != null && !from.equals(to)) {
            store.delete(key(millis(from), entity, scorecard));
        }
        if (to != null && !to.equals(from)) {
            store.put(key(millis(to), entity, scorecard), SET);
            notBefore = Math.min(notBefore, millis(to));
        }
    }

    void remove(Due due) {
        store.delete(key(millis(due.at()), due.entity(), due.scorecard()));
    }

    /// False when nothing is due at `now`; true when something may be.
    boolean mayBeDue(Instant now) {
        return notBefore <= millis(now);
    }

    /// No earlier than this is anything due.
    Instant notBefore() {
        return Instant.ofEpochMilli(notBefore);
    }

    /// The earliest that is due at `now`.
    Optional<Due> first(Instant now) {
        if (!mayBeDue(now)) {
            return Optional.empty();
        }
        try (var rest = store.range(start(notBefore), null)) {
            if (!rest.hasNext()) {
                notBefore = Long.MAX_VALUE;
                return Optional.empty();
            }
            var due = due(rest.next().key.get());
            notBefore = millis(due.at());
            return mayBeDue(now) ? Optional.of(due) : Optional.empty();
        }
    }

    private static long millis(Instant instant) {
        return Math.max(0, instant.toEpochMilli());
    }

    private static Bytes start(long millis) {
        return Bytes.wrap(ByteBuffer.allocate(8).putLong(millis).array());
    }

    private static Bytes key(long millis, String entity, String scorecard) {
        var rest = Keys.of(entity, scorecard).getBytes(UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(8 + rest.length).putLong(millis).put(rest).array());
    }

    private static Due due(byte[] key) {
        var rest = new String(Arrays.copyOfRange(key, 8, key.length), UTF_8);
        return new Due(Instant.ofEpochMilli(ByteBuffer.wrap(key).getLong()), Keys.part(rest, 0), Keys.part(rest, 1));
    }
}
