package dev.muster.testkit;

import dev.muster.local.parts.Child;
import dev.muster.local.parts.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A part of the local platform, running for a test, that can be made to fail as it does in life.
public final class TestProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Part part;
    private Child child;

    private TestProcess(Part part, Child child) {
        this.part = part;
        this.child = child;
    }

    /// Starts the part, waits until it is ready, and ends it with the JVM at the latest.
    static TestProcess start(Part part) {
        var process = new TestProcess(part, launch(part));
        Runtime.getRuntime().addShutdownHook(new Thread(process::kill));
        process.awaitReady();
        return process;
    }

    /// An empty folder under `target/`, for the data and the log of one process.
    static Path folder(String name) {
        try {
            var target = Files.createDirectories(Path.of("target", "testkit").toAbsolutePath());
            return Files.createTempDirectory(target, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it at once, as a crash would (SIGKILL).
    public synchronized void kill() {
        child.kill();
    }

    /// Ends it in good order.
    public synchronized void stop() {
        child.stop(Duration.ofSeconds(20));
    }

    /// Starts it again on the same port with the same data, and waits until it is ready; ends it first when it still
    /// runs.
    public synchronized void restart() {
        stop();
        child = launch(part);
        awaitReady();
    }

    /// Freezes it: connections stay open and nothing answers.
    public synchronized void pause() {
        child.pause();
    }

    public synchronized void resume() {
        child.resume();
    }

    @Override
    public void close() {
        stop();
    }

    private void awaitReady() {
        try {
            part.awaitReady(child, PATIENCE);
            part.afterStart();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Child launch(Part part) {
        try {
            return Child.start(part.program());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
