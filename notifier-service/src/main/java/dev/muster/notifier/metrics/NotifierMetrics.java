package dev.muster.notifier.metrics;

import static dev.muster.service.MeterDefinition.counter;
import static dev.muster.service.MeterDefinition.gauge;
import static dev.muster.service.MeterDefinition.timer;
import static java.util.Objects.requireNonNull;

import dev.muster.notifier.ledger.ChannelName;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.ReminderKind;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import dev.muster.service.Counters;
import dev.muster.service.MeterDefinition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// What the notifier counts. Every label comes from a closed set.
@Component
public class NotifierMetrics {

    /// Reasons of reminders, whole messages and single destinations, not of transitions.
    private static final Set<SuppressedBecause> BY_DELIVERY = EnumSet.of(
            SuppressedBecause.ALREADY_TOLD,
            SuppressedBecause.NO_LONGER_SO,
            SuppressedBecause.UNSUBSCRIBED,
            SuppressedBecause.NOT_WANTED);

    private static final MeterDefinition TRANSITIONS = counter(
                    "muster.notifier.transitions", "Transitions, by what was decided about them")
            .with("decision", "grouped", "suppressed", "duplicate")
            .with(
                    "reason",
                    reasons(Stream.concat(
                            Stream.of(Direction.REGRESSION, Direction.RECOVERY),
                            Arrays.stream(SuppressedBecause.values()).filter(it -> !BY_DELIVERY.contains(it)))));
    private static final MeterDefinition REMINDERS = counter(
                    "muster.notifier.reminders",
                    "Reminders, by what became of them: taken into a message, or missed because their day came first")
            .with("kind", ReminderKind.class)
            .with("decision", "taken", "missed");
    private static final MeterDefinition ATTEMPTS = counter("muster.notifier.attempts", "Attempts to send")
            .withLower("channel", ChannelName.class)
            .with("outcome", "delivered", "accepted", "again", "shorten", "failed", "unwanted")
            .with("reason", reasons(Arrays.stream(FailedBecause.values())));
    private static final MeterDefinition ATTEMPT_TIME = timer(
                    "muster.notifier.attempt.time",
                    "How long attempts to send took",
                    50,
                    100,
                    250,
                    500,
                    1000,
                    2500,
                    5000,
                    10_000,
                    20_000)
            .withLower("channel", ChannelName.class);
    private static final MeterDefinition TOLD = timer(
                    "muster.notifier.told",
                    "Time from a message being made until its channel took it, with all attempts",
                    250,
                    500,
                    1000,
                    2500,
                    5000,
                    30_000,
                    300_000,
                    3_600_000)
            .withLower("channel", ChannelName.class);
    private static final MeterDefinition WAITING = gauge(
                    "muster.notifier.deliveries.waiting", null, "Messages to one destination that have not ended")
            .withLower("channel", ChannelName.class);
    private static final MeterDefinition TROUBLED = gauge(
                    "muster.notifier.destinations.troubled",
                    null,
                    "Destinations that nothing is sent to: for a while because they fail, until somebody mends them, or mail addresses that were refused too often")
            .withLower("channel", ChannelName.class)
            .with("state", "paused", "broken", "suppressed");
    private static final MeterDefinition OLDEST = gauge(
            "muster.notifier.oldest.waiting",
            "seconds",
            "Age of the oldest message that has not ended, 0 when none waits");
    private static final MeterDefinition REFUSED_ROUTES = gauge(
            "muster.notifier.routes.refused",
            null,
            "1 while the file with the routes has a mistake, so that those before it hold");
    private static final MeterDefinition REFUSED_TEMPLATES = gauge(
            "muster.notifier.templates.refused",
            null,
            "1 while a file with a template has a mistake, so that those before it are used");
    private static final MeterDefinition RECEIPTS = counter("muster.notifier.receipts", "Receipts published");

    /// All of them.
    public static final List<MeterDefinition> ALL = List.of(
            TRANSITIONS,
            REMINDERS,
            ATTEMPTS,
            ATTEMPT_TIME,
            TOLD,
            WAITING,
            TROUBLED,
            OLDEST,
            REFUSED_ROUTES,
            REFUSED_TEMPLATES,
            RECEIPTS);

    private final MeterRegistry meters;
    private final Counters transitions;
    private final Counters reminders;
    private final Counters attempts;
    private final Counter receipts;
    private final Map<ChannelName, Timer> attemptTimes = new EnumMap<>(ChannelName.class);
    private final Map<ChannelName, Timer> told = new EnumMap<>(ChannelName.class);

    NotifierMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.transitions = TRANSITIONS.counters(meters);
        this.reminders = REMINDERS.counters(meters);
        this.attempts = ATTEMPTS.counters(meters);
        this.receipts = RECEIPTS.counter(meters);
        for (var channel : ChannelName.values()) {
            attemptTimes.put(channel, ATTEMPT_TIME.timer(meters, channel.label()));
            told.put(channel, TOLD.timer(meters, channel.label()));
        }
    }

    private static String[] reasons(Stream<? extends Enum<?>> reasons) {
        return Stream.concat(Stream.of("none"), reasons.map(Enum::name)).toArray(String[]::new);
    }

    /// A transition joined a message.
    public void grouped(Direction direction) {
        decided("grouped", direction.name());
    }

    /// A transition is told to nobody.
    public void suppressed(SuppressedBecause reason) {
        decided("suppressed", reason.name());
    }

    /// A transition came again.
    public void duplicate() {
        decided("duplicate", "none");
    }

    private void decided(String decision, String reason) {
        transitions.count(decision, reason);
    }

    /// A reminder joined the messages of its owners.
    public void reminderTaken(ReminderKind kind) {
        reminders.count(kind.name(), "taken");
    }

    /// The day of a reminder came before anybody was told.
    public void reminderMissed(ReminderKind kind) {
        reminders.count(kind.name(), "missed");
    }

    /// Times one attempt.
    public <T> T timed(ChannelName channel, Supplier<T> attempt) {
        var began = System.nanoTime();
        try {
            return attempt.get();
        } finally {
            requireNonNull(attemptTimes.get(channel)).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    /// An attempt ended.
    ///
    /// @param outcome kind of the attempt, from a closed set
    /// @param reason reason, from a closed set, or `none`
    public void attempted(ChannelName channel, String outcome, String reason) {
        attempts.count(channel.label(), outcome, reason);
    }

    /// A channel took a message.
    ///
    /// @param since when the message was made
    public void told(ChannelName channel, Instant since, Instant now) {
        requireNonNull(told.get(channel)).record(Duration.between(since, now));
    }

    /// Shows how many deliveries wait; NaN while the ledger cannot be asked.
    public void waiting(Supplier<Map<ChannelName, Long>> waiting) {
        for (var channel : ChannelName.values()) {
            WAITING.gauge(
                    meters, waiting, it -> orNaN(() -> (double) it.get().getOrDefault(channel, 0L)), channel.label());
        }
    }

    /// Shows how many destinations are in trouble; NaN while the ledger cannot be asked.
    ///
    /// @param state paused, broken or suppressed
    public void troubled(String state, Supplier<Map<ChannelName, Long>> troubled) {
        for (var channel : ChannelName.values()) {
            TROUBLED.gauge(
                    meters,
                    troubled,
                    it -> orNaN(() -> (double) it.get().getOrDefault(channel, 0L)),
                    channel.label(),
                    state);
        }
    }

    /// Shows how old the oldest delivery is that waits; NaN while the ledger cannot be asked.
    public void oldest(Supplier<Duration> age) {
        OLDEST.gauge(meters, age, it -> orNaN(() -> (double) it.get().toSeconds()));
    }

    /// Shows whether a newer file with the routes is refused.
    public void refusedRoutes(Supplier<Boolean> refused) {
        REFUSED_ROUTES.gauge(meters, refused, it -> it.get() ? 1 : 0);
    }

    /// Shows whether newer templates are refused.
    public void refusedTemplates(Supplier<Boolean> refused) {
        REFUSED_TEMPLATES.gauge(meters, refused, it -> it.get() ? 1 : 0);
    }

    private static double orNaN(Supplier<Double> value) {
        try {
            return value.get();
        } catch (DataAccessException _) {
            return Double.NaN;
        }
    }

    /// Receipts were published.
    public void receipts(int count) {
        receipts.increment(count);
    }
}
