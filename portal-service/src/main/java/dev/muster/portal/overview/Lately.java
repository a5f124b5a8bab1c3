package dev.muster.portal.overview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What was read a moment ago, for everybody who asks for the same.
///
/// **Promises.** One reads for all who ask for the same. An answer is good for a time, longer when it took long to
/// read, so that reading never takes up more than a part of the machine; from half of that age on it is read anew
/// beside, and until that is done it is still given, so that nobody waits while many ask. It is never older than
/// [#LONGEST]. A reading that failed is told to who waits for it, and is not kept.
final class Lately<K, V> {

    /// How old may be what a page shows, beside the time that it takes to be read.
    static final Duration MOMENT = Duration.ofSeconds(1);

    /// The same, of what took very long.
    static final Duration LONGEST = Duration.ofSeconds(10);

    /// An answer is good for so many times as long as it took.
    private static final int TIMES = 5;

    private static final int MOST = 200;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final Cache<K, Place> places =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(UNUSED).build();
    private final long within;
    private final Function<K, V> read;
    private final LongSupplier nanos;
    private volatile long good;

    Lately(Duration within, Function<K, V> read) {
        this(within, read, System::nanoTime);
    }

    /// @param within how long an answer is good for
    /// @param nanos the time
    Lately(Duration within, Function<K, V> read, LongSupplier nanos) {
        this.within = within.toNanos();
        this.good = this.within;
        this.read = read;
        this.nanos = nanos;
    }

    /// The answer to `key`.
    V get(K key) {
        try {
            return places.get(key, Place::new).answer().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// After so long, whoever asks hears of what happened before: until it is read anew, and that reading.
    Duration behind() {
        return Duration.ofNanos(2 * good).plus(MOMENT);
    }

    /// @param good for so long
    private record Known<V>(CompletableFuture<V> answer, long readAt, long good) {}

    /// Of one key: the answer that is known, and the one that is being read.
    private final class Place {

        private final K key;
        private @Nullable Known<V> known;
        private @Nullable CompletableFuture<V> coming;

        Place(K key) {
            this.key = key;
        }

        synchronized CompletableFuture<V> answer() {
            var before = known;
            long age = before == null ? Long.MAX_VALUE : nanos.getAsLong() - before.readAt();
            var next = coming;
            long lasts = before == null ? 0 : before.good();
            if (next == null && age > lasts / 2) {
                before = age > lasts ? null : before;
                known = before;
                next = begin();
            }
            return before == null ? Objects.requireNonNull(next) : before.answer();
        }

        private CompletableFuture<V> begin() {
            var next = new CompletableFuture<V>();
            coming = next;
            Thread.ofVirtual().name("lately").start(() -> finish(next));
            return next;
        }

        private void finish(CompletableFuture<V> next) {
            try {
                var began = nanos.getAsLong();
                var value = read.apply(key);
                var now = nanos.getAsLong();
                good = Math.clamp(TIMES * (now - began), within, Math.max(within, LONGEST.toNanos()));
                keep(new Known<>(next, now, good));
                next.complete(value);
            } catch (RuntimeException | Error e) {
                keep(null);
                next.completeExceptionally(e);
            }
        }

        private synchronized void keep(@Nullable Known<V> fresh) {
            known = fresh == null ? known : fresh;
            coming = null;
        }
    }
}
