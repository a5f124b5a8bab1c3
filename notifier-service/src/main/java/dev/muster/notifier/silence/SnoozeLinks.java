package dev.muster.notifier.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/// Makes and reads the links with which whoever gets a message snoozes what it tells. Such a link names one
/// delivery, a span and the instant until which it works, all of it signed: it can be turned into a silence
/// of what that message told and of nothing else.
@Component
public class SnoozeLinks {

    private final SnoozeSettings settings;

    SnoozeLinks(SnoozeSettings settings) {
        this.settings = settings;
    }

    /// How long a link snoozes.
    enum Span {
        DAY(1, "1 day"),
        WEEK(7, "1 week");

        private final int days;
        private final String words;

        Span(int days, String words) {
            this.days = days;
            this.words = words;
        }

        Duration length() {
            return Duration.ofDays(days);
        }

        String words() {
            return words;
        }
    }

    /// What a link turned out to be.
    sealed interface Read {

        /// One of ours.
        record Good(long delivery, Span span) implements Read {}

        /// One of ours that works no longer.
        record Expired(Instant since) implements Read {}

        /// None of ours, or changed on its way.
        record Foreign() implements Read {}
    }

    /// The links of a delivery, the same in every attempt; none when they are not set up.
    ///
    /// @param createdAt when the delivery was put in the queue
    public List<Snooze> of(long delivery, Instant createdAt) {
        var secret = settings.secret();
        if (secret == null) {
            return List.of();
        }
        var until = createdAt.plus(settings.valid()).getEpochSecond();
        return Arrays.stream(Span.values())
                .map(it -> new Snooze(
                        it.words(),
                        "%s/v1/snooze?t=%s"
                                .formatted(
                                        settings.root(),
                                        secret.signed("%d.%s.%d".formatted(delivery, it.name(), until)))))
                .toList();
    }

    Read read(String token, Instant now) {
        var secret = settings.secret();
        if (secret == null) {
            return new Read.Foreign();
        }
        return secret.verified(token).map(it -> signed(it, now)).orElseGet(Read.Foreign::new);
    }

    private static Read signed(String said, Instant now) {
        var parts = said.split("\\.", 3);
        var until = Instant.ofEpochSecond(Long.parseLong(parts[2]));
        return now.isBefore(until)
                ? new Read.Good(Long.parseLong(parts[0]), Span.valueOf(parts[1]))
                : new Read.Expired(until);
    }
}
