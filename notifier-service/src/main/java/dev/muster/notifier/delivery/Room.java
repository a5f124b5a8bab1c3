package dev.muster.notifier.delivery;

import java.util.concurrent.Semaphore;

/// Room for the attempts of one channel, so that receivers that hang hold no other channel up.
///
/// Where one server stands before all destinations there is room for a single attempt until it has answered, and
/// again as soon as it is in trouble: neither is a password tried many times at once, nor does every mail wait for the
/// same server.
final class Room {

    private final Semaphore healthy;

    /// For receivers in trouble, so that those that hang hold nobody else up.
    private final Semaphore troubled;

    private final Semaphore probe = new Semaphore(1);
    private final boolean oneServer;
    private volatile boolean answers;

    /// @param parallel attempts at once; a quarter of that for receivers in trouble
    Room(int parallel, boolean oneServer) {
        this.healthy = new Semaphore(parallel);
        this.troubled = new Semaphore(Math.max(1, parallel / 4));
        this.oneServer = oneServer;
        this.answers = !oneServer;
    }

    /// Attempts that may begin now; each gives its permit back there.
    ///
    /// @param inTrouble whether at receivers whose last attempt failed, or at the others
    Semaphore free(boolean inTrouble) {
        return !answers ? probe : inTrouble ? troubled : healthy;
    }

    /// Some instance found the one server in trouble.
    void silent() {
        answers = !oneServer;
    }

    /// What an attempt says about the one server.
    void learn(Attempt attempt) {
        if (attempt.stopsChannel()) {
            silent();
        } else if (attempt.answered()) {
            answers = true;
        }
    }
}
