package dev.muster.testkit;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Asks `docker` for the version of its engine, once a JVM.
final class DockerCondition implements ExecutionCondition {

    private static final int PATIENCE_SECONDS = 20;

    private static final class Asked {
        static final boolean ANSWERS = answers();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Asked.ANSWERS) {
            return ConditionEvaluationResult.enabled("Docker answers");
        }
        if (Boolean.parseBoolean(System.getenv("MUSTER_REQUIRE_DOCKER"))) {
            throw new AssertionError("MUSTER_REQUIRE_DOCKER is true and no Docker answers to 'docker version'");
        }
        var line = "SKIPPED %s: no Docker answers to 'docker version'".formatted(context.getDisplayName());
        System.out.println(line);
        return ConditionEvaluationResult.disabled(line);
    }

    private static boolean answers() {
        try {
            var process = new ProcessBuilder("docker", "version", "--format", "{{.Server.Version}}")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException _) {
            return false; // no such program
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
