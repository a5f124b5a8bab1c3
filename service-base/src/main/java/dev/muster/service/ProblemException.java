package dev.muster.service;

/// Ends a request with a [Problem].
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.type().slug() + (problem.detail() == null ? "" : ": " + problem.detail()));
        this.problem = problem;
    }

    /// What the caller is told.
    public Problem problem() {
        return problem;
    }
}
