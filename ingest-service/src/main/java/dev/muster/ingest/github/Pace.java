package dev.muster.ingest.github;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is left of GitHub's limits, by what its answers say of them.
///
/// The primary limit is a number of questions an hour, counted for each resource; it is over when none remains, until
/// it is set back. A secondary limit is told by a refusal with `Retry-After`, or without: then a minute is waited, and
/// twice as long each time it happens again.
final class Pace {

    private static final Duration SECONDARY = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;

    private record Budget(long limit, long remaining, Instant resetAt) {}

    private final Map<String, Budget> budgets = new HashMap<>();
    private @Nullable Instant closedUntil;
    private int secondaries;

    /// When questions are taken again; empty when they are.
    synchronized Optional<Instant> closedUntil(Instant now) {
        return Optional.ofNullable(closedUntil).filter(now::isBefore);
    }

    /// When there is more than a tenth of every limit again, which is kept for what is urgent; empty when there is.
    synchronized Optional<Instant> scarceUntil(Instant now) {
        return budgets.values().stream()
                .filter(budget -> now.isBefore(budget.resetAt()) && budget.remaining() * 10 <= budget.limit())
                .map(Budget::resetAt)
                .max(Comparator.naturalOrder());
    }

    /// The least that is left, over all resources; empty when nothing is known.
    synchronized Optional<Long> remaining() {
        return budgets.values().stream().map(Budget::remaining).min(Long::compare);
    }

    /// Takes in an answer.
    ///
    /// @return until when it says that nothing more is answered; empty when it is no refusal for a limit
    synchronized Optional<Instant> saw(int status, HttpHeaders headers, String message, Instant now) {
        var remaining = headers.firstValueAsLong("x-ratelimit-remaining");
        var resetAt = headers.firstValueAsLong("x-ratelimit-reset");
        if (remaining.isPresent() && resetAt.isPresent()) {
            var reset = Instant.ofEpochSecond(resetAt.getAsLong());
            budgets.put(
                    headers.firstValue("x-ratelimit-resource").orElse("core"),
                    new Budget(headers.firstValueAsLong("x-ratelimit-limit").orElse(0), remaining.getAsLong(), reset));
            if (remaining.getAsLong() == 0) {
                close(reset);
            }
        }
        if (status != 403 && status != 429) {
            secondaries = status < 400 ? 0 : secondaries;
            return Optional.empty();
        }
        var retryAfter = headers.firstValueAsLong("retry-after");
        if (retryAfter.isPresent()) {
            close(now.plusSeconds(retryAfter.getAsLong()));
        } else if (remaining.isPresent() && remaining.getAsLong() == 0) {
            return closedUntil(now).or(() -> Optional.of(now));
        } else if (status == 429 || message.toLowerCase(Locale.ROOT).contains("secondary rate limit")) {
            close(now.plus(SECONDARY.multipliedBy(1L << Math.min(secondaries, MOST_DOUBLINGS))));
            secondaries++;
        } else {
            return Optional.empty();
        }
        return closedUntil(now).or(() -> Optional.of(now));
    }

    private void close(Instant until) {
        closedUntil = closedUntil == null || until.isAfter(closedUntil) ? until : closedUntil;
    }
}
