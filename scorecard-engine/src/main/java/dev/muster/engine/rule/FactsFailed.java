package dev.muster.engine.rule;

/// The facts could not be loaded: a broken machine and no outcome, so it goes through to who evaluates.
final class FactsFailed extends RuntimeException {

    private final transient RuntimeException original;

    FactsFailed(RuntimeException original) {
        super(original);
        this.original = original;
    }

    /// What the loading threw.
    RuntimeException original() {
        return original;
    }

    /// Goes on failing, when that is why an evaluation ended.
    static void passOn(Throwable broken) {
        for (var cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof FactsFailed failed) {
                throw failed;
            }
        }
    }
}
