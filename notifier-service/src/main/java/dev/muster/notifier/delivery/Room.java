package dev.muster.notifier.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/// Room for the attempts of one channel, so that receivers that hang hold no other channel up.
///
/// Where one server stands before all destinations there is room for a single attempt until it has
/// answered, and again as soon as it is in trouble or did not answer for a while: neither is a password
/// tried many times at once, nor does every mail wait for the same server. A password that turns wrong
/// while mails are under way is tried by each of them, once.
final class Room {

    /// How long an answer of the one server holds: short enough that who changes a password has the next
    /// mails try it one by one, and long enough that a flow of mails never waits for one of them.
    static final Duration KNOWN = Duration.ofMinutes(1);

    private final Semaphore healthy;

    /// For receivers in trouble, so that those that hang hold nobody else up.
    private final Semaphore troubled;

    private final Semaphore probe = new Semaphore(1);
    private final boolean oneServer;
    private volatile Instant answered = Instant.MIN;

    /// @param parallel attempts at once; a quarter of that for receivers in trouble
    Room(int parallel, boolean oneServer) {
        this.healthy = new Semaphore(parallel);
        this.troubled = new Semaphore(Math.max(1, parallel / 4));
        this.oneServer = oneServer;
    }

    /// Attempts that may begin now; each gives its permit back there.
    ///
    /// @param inTrouble whether at receivers whose last attempt failed, or at the others
    Semaphore free(boolean inTrouble, Instant now) {
        return oneServer && answered.isBefore(now.minus(KNOWN)) ? probe : inTrouble ? troubled : healthy;
    }

    /// Some instance found the one server in trouble.
    void silent() {
        answered = Instant.MIN;
    }

    /// What an attempt that ended at `now` says about the one server.
    void learn(Attempt attempt, Instant now) {
        if (attempt.stopsChannel()) {
            silent();
        } else if (attempt.answered()) {
            answered = now;
        }
    }
}
