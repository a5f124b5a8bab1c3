package dev.muster.local;

import java.io.PrintStream;
import java.time.Duration;

/// What the person who started the platform reads.
final class Terminal {

    private final PrintStream out;

    Terminal(PrintStream out) {
        this.out = out;
    }

    synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    synchronized void error(String text) {
        out.println();
        out.println(text);
        out.println();
        out.flush();
    }

    void ready(String name, Duration after) {
        say("  %-10s ready after %4.1f s".formatted(name, after.toMillis() / 1000.0));
    }
}
