package dev.muster.ingest.reconcile;

import static dev.muster.schemas.v1.ReconciliationKind.ACCESS;
import static dev.muster.schemas.v1.ReconciliationKind.INVALIDATION;

import dev.muster.ingest.github.GithubUnavailableException;
import dev.muster.schemas.v1.ReconciliationState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works for one connection, step by step: what news named comes first, then deliveries that failed, then the snapshot.
///
/// Nothing waits in a step. When GitHub cannot be asked, the next step is that after the instant at which it can; until
/// then invalidations are gathered. One thread; the clock is asked, never waited for.
final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /// Tries of what an invalidation named.
    private static final int TRIES = 5;

    /// Failures in a row after which people are told.
    private static final int WORTH_TELLING = 3;

    private final Parts parts;
    private final Invalidations invalidations;
    private final RepositoryReader repositories;
    private final TeamReader teams;
    private final Redelivery redelivery;
    private final Snapshot snapshot;
    private final Map<Subject, Integer> failures = new HashMap<>();
    private Instant notBefore = Instant.MIN;
    private int failuresInARow;

    Reconciler(Parts parts, Invalidations invalidations) {
        this.parts = parts;
        this.invalidations = invalidations;
        this.repositories = new RepositoryReader(parts.github());
        this.teams = new TeamReader(parts.github());
        this.redelivery = new Redelivery(parts);
        this.snapshot = new Snapshot(parts, redelivery);
    }

    /// Gathers what is new, and does one step of what is due.
    ///
    /// @param busy whether there was something to do last time
    /// @return whether there was something to do
    boolean work(boolean busy) throws InterruptedException {
        invalidations.poll(busy ? Duration.ZERO : IDLE);
        parts.metrics()
                .isLeft(
                        parts.github().remaining().orElse(null),
                        invalidations.pending().size());
        var now = parts.clock().instant();
        if (now.isBefore(notBefore)) {
            return false;
        }
        try {
            if (!step(now)) {
                tell(now, false);
                return false;
            }
            failuresInARow = 0;
            tell(now, true);
            return true;
        } catch (GithubUnavailableException unavailable) {
            pause(unavailable);
        } catch (IOException | RuntimeException trouble) {
            pause(trouble.toString());
        }
        return false;
    }

    private boolean step(Instant now) throws IOException, InterruptedException {
        var wanted = invalidations.pending().due(now);
        if (wanted.isPresent()) {
            refresh(wanted.get());
        } else if (redelivery.isDue(now)) {
            redelivery.look();
        } else if (snapshot.isDue(now) && parts.github().scarceUntil().isEmpty()) {
            snapshot.step();
        } else {
            return false;
        }
        return true;
    }

    private void refresh(Wanted wanted) throws IOException {
        try {
            var read = switch (wanted.subject().kind()) {
                case REPO -> repositories.read(wanted.subject(), Part.of(wanted.facts()), wanted.invalidatedAt());
                case TEAM -> teams.read(wanted.subject(), wanted.invalidatedAt());
            };
            switch (read) {
                case Read.Told told -> parts.readings().keep(told.readings(), false);
                case Read.Gone(var gone) -> parts.readings().keep(List.of(gone), false);
                case Read.Moved _ -> LOG.debug("{} goes by another name now", wanted.subject());
            }
            parts.metrics().read("invalidation", read);
            var now = parts.clock().instant();
            parts.progress()
                    .put(parts.progress()
                            .about(INVALIDATION, "")
                            .setState(ReconciliationState.DONE)
                            .setStartedAt(now)
                            .setReconciledAt(now)
                            .build());
            done(wanted);
        } catch (GithubUnavailableException unavailable) {
            if (unavailable.reason() == GithubUnavailableException.Reason.FAILED
                    && failures.merge(wanted.subject(), 1, Integer::sum) >= TRIES) {
                LOG.warn(
                        "{}: {} is left to the next snapshot: {}",
                        parts.connection(),
                        wanted.subject().slug(),
                        unavailable.getMessage());
                parts.metrics().failed("invalidation");
                done(wanted);
            }
            throw unavailable;
        } catch (KafkaException trouble) {
            throw trouble;
        } catch (RuntimeException bug) {
            LOG.error(
                    "{}: {} is left to the next snapshot",
                    parts.connection(),
                    wanted.subject().slug(),
                    bug);
            parts.metrics().failed("invalidation");
            done(wanted);
        }
    }

    private void done(Wanted wanted) {
        failures.remove(wanted.subject());
        invalidations.pending().done(wanted);
    }

    /// A snapshot leaves the last tenth of a limit to news.
    ///
    /// @param answered whether GitHub was asked and answered
    private void tell(Instant now, boolean answered) {
        var scarce = snapshot.isDue(now) ? parts.github().scarceUntil() : Optional.<Instant>empty();
        if (scarce.isPresent()) {
            tell(
                    ReconciliationState.WAITING,
                    "the rest of GitHub's limit is kept for news until " + scarce.get()
                            + ", when the snapshot goes on");
        } else if (answered) {
            tell(ReconciliationState.DONE, null);
        }
    }

    private void pause(GithubUnavailableException unavailable) {
        switch (unavailable.reason()) {
            case LIMITED -> pause(ReconciliationState.WAITING, unavailable);
            case REFUSED -> pause(ReconciliationState.REFUSED, unavailable);
            case FAILED -> pause(String.valueOf(unavailable.getMessage()));
        }
    }

    private void pause(ReconciliationState state, GithubUnavailableException unavailable) {
        var until = unavailable.until();
        notBefore = until == null ? parts.clock().instant().plus(FIRST_PAUSE) : until;
        tell(state, String.valueOf(unavailable.getMessage()));
    }

    /// Twice as long each time, within bounds.
    private void pause(String why) {
        failuresInARow++;
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failuresInARow - 1, 10));
        notBefore = parts.clock().instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        LOG.info("{}: goes on at {}: {}", parts.connection(), notBefore, why);
        if (failuresInARow >= WORTH_TELLING) {
            tell(ReconciliationState.FAILED, why);
        }
    }

    /// Once, when it changes.
    private void tell(ReconciliationState state, @Nullable String detail) {
        parts.metrics().isOpen(state == ReconciliationState.DONE);
        var before = parts.progress().find(ACCESS, "").orElse(null);
        if (before != null && before.getState() == state && Objects.equals(before.getDetail(), detail)) {
            return;
        }
        switch (state) {
            case DONE -> LOG.info("{}: GitHub answers", parts.connection());
            case REFUSED ->
                LOG.error(
                        "{}: {}. Nothing is read until the credentials of muster.reconcile.{} are right again",
                        parts.connection(),
                        detail,
                        parts.connection());
            default -> LOG.warn("{}: {}", parts.connection(), detail);
        }
        var now = parts.clock().instant();
        try {
            parts.progress()
                    .put(parts.progress()
                            .about(ACCESS, "")
                            .setState(state)
                            .setStartedAt(now)
                            .setReconciledAt(
                                    state == ReconciliationState.DONE
                                            ? now
                                            : parts.progress().reconciledAt(ACCESS, ""))
                            .setDetail(detail)
                            .build());
        } catch (KafkaException trouble) {
            LOG.info("{}: that is not on the topic: {}", parts.connection(), trouble.getMessage());
        }
    }
}
