package dev.muster.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Processes that stand still (SIGSTOP) until this is closed: they use no processor time and keep what they hold.
final class Frozen implements AutoCloseable {

    private final List<Long> pids;

    private Frozen(List<Long> pids) {
        this.pids = pids;
    }

    static Frozen freeze(List<Long> pids) {
        signal("STOP", pids);
        return new Frozen(pids);
    }

    @Override
    public void close() {
        signal("CONT", pids);
    }

    private static void signal(String name, List<Long> pids) {
        for (var pid : pids) {
            try {
                var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
                if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                    throw new IllegalStateException("process " + pid + " did not take signal " + name);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
