package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `./muster …`, as a person types it in the checkout.
///
/// @param environment where Muster is and who types
record Commands(Map<String, String> environment) {

    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

    /// With the shared platform; its file tells the secrets of the connections.
    static Commands of(Muster muster) {
        var platform = muster.platform();
        return new Commands(Map.of(
                "MUSTER_URL", platform.portalUrl(),
                "MUSTER_TOKEN", platform.secret("MUSTER_TOKEN"),
                "MUSTER_DATA", platform.data().toString()));
    }

    /// With an installation whose secrets stand in no file of this checkout.
    static Commands at(Installation installation) {
        return new Commands(Map.of(
                "MUSTER_URL", installation.portalUrl(),
                "MUSTER_INGEST_URL", installation.ingestUrl(),
                "MUSTER_TOKEN", installation.secret("MUSTER_TOKEN"),
                "MUSTER_SECRET_GITHUB", installation.secret("MUSTER_SECRET_GITHUB")));
    }

    /// The same with other variables, such as the token of somebody else.
    Commands with(Map<String, String> variables) {
        var all = new HashMap<>(environment);
        all.putAll(variables);
        return new Commands(Map.copyOf(all));
    }

    /// Runs the command to its end, which must be a good one.
    ///
    /// @return what it printed
    String run(String... arguments) {
        var ended = end(arguments);
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }

    /// Runs the command to its end, which must not be a good one.
    ///
    /// @return what it printed
    String refused(String... arguments) {
        var ended = end(arguments);
        assertThat(ended.code()).as(ended.output()).isNotZero();
        return ended.output();
    }

    private record Ended(int code, String output) {}

    private Ended end(String... arguments) {
        var command = new ArrayList<>(List.of(CHECKOUT.resolve("muster").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(CHECKOUT.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
