package dev.muster.local.parts;

import java.time.Duration;

/// Something could not start; the message is written for the person at the terminal.
public final class StartFailure extends RuntimeException {

    private static final int LINES = 15;
    private static final int WIDTH = 240;

    public StartFailure(String message) {
        super(message);
    }

    static StartFailure ended(Child child) {
        return new StartFailure(
                "%s ended with exit code %d.%n%s".formatted(child.name(), child.exitCode(), said(child)));
    }

    static StartFailure slow(Child child, Duration patience) {
        return new StartFailure(
                "%s was not ready within %d s.%n%s".formatted(child.name(), patience.toSeconds(), said(child)));
    }

    /// The last lines of its log and where to read more.
    public static String said(Child child) {
        var tail = child.tail(LINES).stream()
                .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line)
                .toList();
        return (tail.isEmpty() ? "It wrote nothing" : "Its last lines:%n  | ".formatted() + String.join("\n  | ", tail))
                + "%nThe whole log: %s".formatted(child.log());
    }
}
