package dev.muster.ingest.body;

import java.util.concurrent.Semaphore;

/// Bounds the memory that all deliveries under way take together.
public final class InFlightBytes {

    private final int limit;
    private final Semaphore free;

    /// With nothing under way.
    ///
    /// @param limit bytes that may be under way at once
    public InFlightBytes(int limit) {
        this.limit = limit;
        this.free = new Semaphore(limit);
    }

    /// Takes bytes as they arrive, so that who announces much and sends little blocks nobody.
    ///
    /// @return whether there were that many; if not, nothing is taken
    public boolean take(int bytes) {
        return free.tryAcquire(bytes);
    }

    /// Gives back what was taken, once it is no longer needed.
    public void giveBack(int bytes) {
        free.release(bytes);
    }

    /// Bytes under way.
    public int taken() {
        return limit - free.availablePermits();
    }
}
