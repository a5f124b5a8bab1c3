package dev.muster.ingest.body;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What came of reading the body of a request.
public sealed interface Body {

    /// All of it.
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Whole(byte[] bytes) implements Body {}

    /// More than the limit; reading stopped there.
    record TooLarge() implements Body {}

    /// Too much is under way already.
    record Overloaded() implements Body {}

    /// It did not arrive in time.
    record TooSlow() implements Body {}

    /// Reads bounded bytes, counted as they come: a `Content-Length` is believed only where it says "too much".
    final class Reader implements AutoCloseable {

        private static final int PIECE = 64 * 1024;

        private final InFlightBytes inFlight;
        private final InstantSource clock;
        private final int limit;
        private final Instant deadline;
        private int taken;

        /// A reader of one body.
        ///
        /// @param limit most bytes that a body may have
        /// @param within time that the whole body may take
        public Reader(InFlightBytes inFlight, InstantSource clock, int limit, Duration within) {
            this.inFlight = inFlight;
            this.clock = clock;
            this.limit = limit;
            this.deadline = clock.instant().plus(within);
        }

        /// Reads all of it, or stops where a bound is passed.
        ///
        /// @param announced `Content-Length`, or a negative number when there is none
        public Body read(InputStream in, long announced) throws IOException {
            if (announced > limit) {
                return new TooLarge();
            }
            var pieces = new ArrayList<byte[]>();
            var size = 0;
            for (var expected = announced; ; expected -= PIECE) {
                var want = announced < 0 ? PIECE : Math.clamp(expected + 1, 1, PIECE);
                if (!inFlight.take(want)) {
                    return new Overloaded();
                }
                taken += want;
                var piece = new byte[want];
                var filled = 0;
                for (var n = 0; filled < want && n >= 0; filled += Math.max(n, 0)) {
                    if (clock.instant().isAfter(deadline)) {
                        return new TooSlow();
                    }
                    n = in.read(piece, filled, want - filled);
                    if (n < 0) {
                        return size + filled > limit ? new TooLarge() : new Whole(joined(pieces, size, piece, filled));
                    }
                }
                pieces.add(piece);
                size += filled;
                if (size > limit) {
                    return new TooLarge();
                }
            }
        }

        private static byte[] joined(List<byte[]> pieces, int size, byte[] last, int filled) {
            var bytes = new byte[size + filled];
            var at = 0;
            for (var piece : pieces) {
                System.arraycopy(piece, 0, bytes, at, piece.length);
                at += piece.length;
            }
            System.arraycopy(last, 0, bytes, at, filled);
            return bytes;
        }

        /// Gives back what was taken, once the bytes are no longer needed.
        @Override
        public void close() {
            inFlight.giveBack(taken);
        }
    }
}
