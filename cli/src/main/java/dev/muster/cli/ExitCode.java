package dev.muster.cli;

/// What a command leaves to the script that called it.
final class ExitCode {

    static final int OK = 0;

    /// Muster refused: mistakes in a file, no such entity, a wrong token or signature.
    static final int REFUSED = 1;

    /// The command line makes no sense, or a file cannot be read.
    static final int USAGE = 2;

    /// Muster cannot be reached, or cannot do it now: trying again may help.
    static final int UNAVAILABLE = 3;

    /// Done, and a backtest that was asked for it found that something would have changed.
    static final int CHANGES = 4;

    /// Done, and an explanation that was asked for it tells of a rule that fails.
    static final int FAILS = 5;

    private ExitCode() {}
}
