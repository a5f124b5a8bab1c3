package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./muster …`, as a person types it in the checkout.
record Commands(String portalUrl, String token, Path data) {

    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

    static Commands of(Muster muster) {
        var platform = muster.platform();
        return new Commands(platform.portalUrl(), platform.secret("MUSTER_TOKEN"), platform.data());
    }

    /// Runs the command to its end, which must be a good one.
    ///
    /// @return what it printed
    String run(String... arguments) {
        var command = new ArrayList<>(List.of(CHECKOUT.resolve("muster").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(CHECKOUT.toFile()).redirectErrorStream(true);
        builder.environment().put("MUSTER_URL", portalUrl);
        builder.environment().put("MUSTER_TOKEN", token);
        builder.environment().put("MUSTER_DATA", data.toString());
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
