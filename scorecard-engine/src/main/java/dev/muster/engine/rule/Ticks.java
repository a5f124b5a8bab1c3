package dev.muster.engine.rule;

import dev.cel.runtime.CelFunctionBinding;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The only way in which time enters a rule: answers `within` and `overdue`, and remembers the next instant
/// at which one of its answers becomes another one.
///
/// Instants are rounded up to the millisecond, which is what travels: a timer that fires at a deadline finds
/// it passed.
@SuppressWarnings("Immutable") // CEL wants pure functions; what these remember no expression can see
final class Ticks {

    private final Instant now;
    private @Nullable Instant next;

    Ticks(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /// The functions that read the clock.
    List<CelFunctionBinding> functions() {
        return List.of(
                CelFunctionBinding.from("muster_within", Instant.class, Duration.class, this::within),
                CelFunctionBinding.from(
                        "muster_overdue", Instant.class, Duration.class, (from, span) -> !within(from, span)));
    }

    void reset() {
        next = null;
    }

    /// The earliest instant after now that was asked about; null when none was.
    @Nullable
    Instant next() {
        return next;
    }

    /// Whether it is earlier than that.
    boolean within(Instant from, Duration span) {
        return before(after(from, span));
    }

    /// True until `deadline`; at that instant no more.
    boolean before(Instant deadline) {
        var at = roundUp(deadline);
        if (!now.isBefore(at)) {
            return false;
        }
        if (next == null || at.isBefore(next)) {
            next = at;
        }
        return true;
    }

    /// The end of a span; the end of time when it is beyond that.
    static Instant after(Instant from, Duration span) {
        try {
            return from.plus(span);
        } catch (DateTimeException | ArithmeticException _) {
            return span.isNegative() ? Instant.EPOCH : Instant.MAX;
        }
    }

    private static Instant roundUp(Instant instant) {
        var millis = instant.truncatedTo(ChronoUnit.MILLIS);
        return millis.equals(instant) || instant.isAfter(LAST) ? millis : millis.plusMillis(1);
    }

    private static final Instant LAST = Instant.MAX.minusSeconds(1);
}
