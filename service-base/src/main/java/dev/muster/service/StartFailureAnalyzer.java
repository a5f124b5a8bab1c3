package dev.muster.service;

import dev.muster.schemas.TopicMismatchException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/// Says in two sentences why a start failed, in place of a page of stack traces.
final class StartFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case TopicMismatchException mismatch -> {
                    return new FailureAnalysis(
                            mismatch.getMessage(), "Do what is said behind each topic, then start again.", failure);
                }
                case StartFailedException failed -> {
                    return new FailureAnalysis(
                            failed.getMessage(),
                            "Check that Kafka and the schema registry run and that spring.kafka.bootstrap-servers and "
                                    + "spring.kafka.properties.schema.registry.url name them.",
                            failure);
                }
                case ConfigException config -> {
                    return new FailureAnalysis(
                            config.getMessage(),
                            "Correct the setting; those of Kafka and the schema registry stand under "
                                    + "spring.kafka.properties.",
                            failure);
                }
                default -> {}
            }
        }
        return null;
    }
}
