package dev.muster.ingest.journal;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says in two sentences that the folder of the spool cannot be used.
final class SpoolFailureAnalyzer extends AbstractFailureAnalyzer<SpoolUnusableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SpoolUnusableException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Give the service a folder of its own that it may write, or leave the property out to do without a spool.",
                rootFailure);
    }
}
