package dev.muster.local.parts;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// One thing that runs as a child process.
public interface Part {

    /// Short and stable: names the log and the pid file, and is what people read.
    String name();

    /// Prepares the data folder, when that is still to be done, and says how to start.
    ///
    /// @throws IOException when the folder cannot be prepared
    /// @throws StartFailure when it cannot run on this machine
    Program program() throws IOException;

    /// Whether it answers like something that works, asked from outside. Takes no more than a few seconds and never
    /// throws.
    boolean ready();

    /// What is to be done once it is ready and before others may use it, at every start.
    default void afterStart() throws IOException {}

    /// Waits until `child`, which is this part running, is ready.
    ///
    /// @throws StartFailure when it ended or was not ready within `patience`
    default void awaitReady(Child child, Duration patience) throws InterruptedException {
        var deadline = Instant.now().plus(patience);
        while (!ready()) {
            if (!child.alive()) {
                throw StartFailure.ended(child);
            }
            if (Instant.now().isAfter(deadline)) {
                throw StartFailure.slow(child, patience);
            }
            Thread.sleep(100);
        }
    }
}
