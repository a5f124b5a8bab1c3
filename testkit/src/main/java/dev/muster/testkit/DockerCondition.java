package dev.muster.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Asks `docker` for the version of its engine, once a JVM. Where `MUSTER_DOCKER_AFTER` names a file it waits
/// for that first, ten minutes at most: whoever makes images while other tests run creates it when they are there.
final class DockerCondition implements ExecutionCondition {

    private static final int PATIENCE_SECONDS = 20;
    private static final Duration LONGEST_MAKING = Duration.ofMinutes(10);

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
        var made = System.getenv("MUSTER_DOCKER_AFTER");
        if (made != null) {
            await().pollInterval(Duration.ofSeconds(1)).atMost(LONGEST_MAKING).until(() -> Files.exists(Path.of(made)));
        }
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
