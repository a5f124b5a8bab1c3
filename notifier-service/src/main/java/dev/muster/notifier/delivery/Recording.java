package dev.muster.notifier.delivery;

import dev.muster.notifier.delivery.Attempt.Accepted;
import dev.muster.notifier.delivery.Attempt.Delivered;
import dev.muster.notifier.delivery.Attempt.GivenUp;
import dev.muster.notifier.delivery.Attempt.NotWanted;
import dev.muster.notifier.delivery.Attempt.Pause;
import dev.muster.notifier.delivery.Attempt.Shorten;
import dev.muster.notifier.delivery.Attempt.TryAgain;
import dev.muster.notifier.delivery.DeliveryQueue.Claimed;
import dev.muster.notifier.ledger.Destination;
import dev.muster.notifier.ledger.FailedBecause;
import dev.muster.notifier.ledger.Notifications;
import dev.muster.notifier.metrics.NotifierMetrics;
import dev.muster.notifier.receipt.Receipts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Writes down how an attempt went, in one transaction: the end with its receipt, or when to try again and what to
/// pause until then. What failed for good goes to the fallback as well.
@Component
class Recording {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    /// A pause of a destination that fails again and again.
    static final String FAILING = "FAILING";

    /// What somebody has to mend at the receiver or in the settings.
    private static final Set<FailedBecause> BROKEN =
            EnumSet.of(FailedBecause.UNAUTHORISED, FailedBecause.GONE, FailedBecause.REDIRECTED, FailedBecause.BLOCKED);

    private final TransactionTemplate transaction;
    private final DeliveryQueue queue;
    private final Lanes lanes;
    private final Notifications notifications;
    private final Receipts receipts;
    private final DeliverySettings settings;
    private final InstantSource clock;
    private final NotifierMetrics metrics;

    Recording(
            PlatformTransactionManager transactions,
            DeliveryQueue queue,
            Lanes lanes,
            Notifications notifications,
            Receipts receipts,
            DeliverySettings settings,
            InstantSource clock,
            NotifierMetrics metrics) {
        this.transaction = new TransactionTemplate(transactions);
        this.queue = queue;
        this.lanes = lanes;
        this.notifications = notifications;
        this.receipts = receipts;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
    }

    void record(Claimed it, Attempt attempt, @Nullable Channel channel) {
        transaction.executeWithoutResult(_ -> {
            var now = clock.instant();
            switch (attempt) {
                case Delivered(var ref) -> end(it, "SENT", null, null, ref, now);
                case Accepted() -> end(it, "ACCEPTED", null, null, null, now);
                case TryAgain again -> again(it, again, channel, now);
                case Shorten(var detail)
                when !it.plain() -> queue.again(it, FailedBecause.NOT_ACCEPTABLE, detail, true, now);
                case Shorten(var detail) -> fail(it, FailedBecause.NOT_ACCEPTABLE, detail, now);
                case GivenUp(var reason, var detail) -> fail(it, reason, detail, now);
                case NotWanted(var reason, var detail) -> end(it, "SUPPRESSED", reason, detail, null, now);
            }
            if (channel != null && asked(attempt)) {
                lanes.spend(it.lane(), channel.pace(it.destination()), now);
                if (channel.oneServer()) {
                    judgeServer(it, attempt, now);
                }
                if (!attempt.stopsChannel()) {
                    judge(it, attempt, now);
                }
            }
        });
        count(it, attempt);
    }

    /// Whether anything was asked of the receiver.
    private static boolean asked(Attempt attempt) {
        return !(attempt instanceof NotWanted)
                && !(attempt instanceof TryAgain again && again.reason() == FailedBecause.OWN_TROUBLE);
    }

    /// What the attempt says about the one server before all destinations.
    private void judgeServer(Claimed it, Attempt attempt, Instant now) {
        if (attempt instanceof TryAgain again && again.stopsChannel()) {
            lanes.down(it.channel(), again.reason(), again.detail(), it.claimedAt(), now)
                    .ifPresent(failures -> {
                        var wait = settings.backoff()
                                .after(
                                        failures,
                                        again.after(),
                                        ThreadLocalRandom.current().nextDouble());
                        lanes.pause(
                                it.channel().label(),
                                now.plus(wait),
                                again.reason().name());
                        LOG.error(
                                "All of {} waits for {}, then one message is tried: {}, {}",
                                it.channel().label(),
                                wait,
                                again.reason(),
                                again.detail());
                    });
        } else if (attempt.answered()) {
            lanes.recovered(it.channel().label())
                    .ifPresent(since -> LOG.info(
                            "The server of {} works again, after trouble since {}",
                            it.channel().label(),
                            since));
        }
    }

    /// What the attempt says about the receiver, not about the message.
    private void judge(Claimed it, Attempt attempt, Instant now) {
        switch (attempt) {
            case Delivered _, Accepted _, Shorten _ ->
                lanes.recovered(it.lane())
                        .ifPresent(since -> LOG.info(
                                "{} destination '{}' works again, after trouble since {}",
                                it.channel().label(),
                                it.destination(),
                                since));
            case TryAgain again
            when again.reason() != FailedBecause.RATE_LIMITED -> {
                var failures = lanes.failed(it.lane(), again.reason(), again.detail(), now);
                if (failures >= Lanes.PATIENCE) {
                    lanes.pause(
                            it.lane(),
                            now.plus(settings.backoff()
                                    .after(
                                            failures - Lanes.PATIENCE + 1,
                                            again.after(),
                                            ThreadLocalRandom.current().nextDouble())),
                            FAILING);
                }
            }
            case GivenUp(var reason, var detail)
            when BROKEN.contains(reason) -> {
                if (lanes.broke(it.lane(), reason, detail, now)) {
                    LOG.error(
                            "{} destination '{}' is broken until somebody mends it: {}, {}",
                            it.channel().label(),
                            it.destination(),
                            reason,
                            detail);
                }
            }
            case TryAgain _, GivenUp _, NotWanted _ -> {}
        }
    }

    private void count(Claimed it, Attempt attempt) {
        switch (attempt) {
            case Delivered _ -> told(it, "delivered");
            case Accepted _ -> told(it, "accepted");
            case TryAgain again ->
                metrics.attempted(it.channel(), "again", again.reason().name());
            case Shorten _ -> metrics.attempted(it.channel(), "shorten", FailedBecause.NOT_ACCEPTABLE.name());
            case GivenUp given ->
                metrics.attempted(it.channel(), "failed", given.reason().name());
            case NotWanted _ -> metrics.attempted(it.channel(), "unwanted", "none");
        }
    }

    private void told(Claimed it, String outcome) {
        metrics.attempted(it.channel(), outcome, "none");
        metrics.told(it.channel(), it.createdAt(), clock.instant());
    }

    private void again(Claimed it, TryAgain again, @Nullable Channel channel, Instant now) {
        var wait = settings.backoff()
                .after(it.attempts(), again.after(), ThreadLocalRandom.current().nextDouble());
        var next = now.plus(wait);
        if (again.pause() == Pause.DESTINATION) {
            var along = channel == null ? Set.<String>of() : channel.along(it.destination());
            // In one order, so that two attempts that pause each other's lanes do not wait for each other for ever.
            Stream.concat(
                            Stream.of(it.lane()),
                            along.stream()
                                    .map(name -> Destination.named(it.channel(), name)
                                            .lane()))
                    .distinct()
                    .sorted()
                    .forEach(lane -> lanes.pause(lane, next, again.reason().name()));
        }
        if (next.isAfter(it.expiresAt())) {
            fail(it, FailedBecause.BUDGET_SPENT, "last: " + again.reason() + ", " + again.detail(), now);
        } else {
            LOG.warn("{} is tried again in {}: {}, {}", it, wait, again.reason(), again.detail());
            queue.again(it, again.reason(), again.detail(), it.plain(), next);
        }
    }

    private void fail(Claimed it, FailedBecause reason, String detail, Instant now) {
        notifications.lock(it.notificationId());
        if (!end(it, "FAILED", reason, detail, null, now)) {
            return;
        }
        LOG.error("Gave up {} after {} attempts: {}, {}", it, it.attempts(), reason, detail);
        var notice = "This came to the fallback because it could not be delivered to %s destination “%s”: %s."
                .formatted(it.channel().label(), it.destination(), reason);
        for (var fallback : settings.fallback()) {
            notifications.enqueue(
                    it.notificationId(), it.threadId(), fallback, notice, now, now.plus(settings.budget()));
        }
    }

    private boolean end(
            Claimed it,
            String state,
            @Nullable Enum<?> reason,
            @Nullable String detail,
            @Nullable String channelRef,
            Instant now) {
        var ended = queue.end(it, state, reason, detail, channelRef, now);
        if (ended) {
            receipts.ended(
                    it.notificationId(), it.channel().label(), it.destination(), state, reason, it.attempts(), now);
        } else {
            LOG.warn("Somebody else ended {}", it);
        }
        return ended;
    }
}
