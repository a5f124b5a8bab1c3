package dev.muster.cli;

/// A command cannot do what it should; the message is for the person at the terminal.
final class Failure extends RuntimeException {

    private final int exitCode;

    private Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static Failure refused(String message) {
        return new Failure(ExitCode.REFUSED, message);
    }

    static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, message);
    }

    static Failure unavailable(String message) {
        return new Failure(ExitCode.UNAVAILABLE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
