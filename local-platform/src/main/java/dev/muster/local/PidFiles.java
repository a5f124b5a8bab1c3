package dev.muster.local;

import dev.muster.local.parts.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Which processes this data folder started: one file each, `run/NAME.pid`, with the process id and when it began.
///
/// A process id alone proves nothing, because systems give it away again; with the start time it does.
final class PidFiles {

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);
    private static final String ENDING = ".pid";

    /// A process of an earlier run that still lives.
    record Leftover(String name, ProcessHandle process) {}

    private final Path folder;

    PidFiles(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    void write(Child child) throws IOException {
        var started = ProcessHandle.of(child.pid())
                .flatMap(process -> process.info().startInstant())
                .orElseGet(Instant::now);
        Files.writeString(file(child.name()), "%d %d%n".formatted(child.pid(), started.toEpochMilli()));
    }

    void remove(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /// What an earlier run left behind. Files of processes that are gone are removed.
    List<Leftover> leftovers() throws IOException {
        var leftovers = new ArrayList<Leftover>();
        try (var files = Files.list(folder)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(ENDING)).toList()) {
                var process = living(Files.readString(file));
                if (process.isPresent()) {
                    leftovers.add(new Leftover(file.getFileName().toString().replace(ENDING, ""), process.get()));
                } else {
                    Files.delete(file);
                }
            }
        }
        return leftovers;
    }

    /// Ends them, at first politely.
    void end(List<Leftover> leftovers, Duration patience) throws IOException, InterruptedException {
        for (var leftover : leftovers) {
            leftover.process().destroy();
        }
        var all =
                leftovers.stream().map(leftover -> leftover.process().onExit()).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            for (var leftover : leftovers) {
                leftover.process().destroyForcibly();
                leftover.process().onExit().join();
            }
        }
        for (var leftover : leftovers) {
            remove(leftover.name());
        }
    }

    private static Optional<ProcessHandle> living(String content) {
        var words = content.strip().split(" ", 2);
        try {
            var started = Instant.ofEpochMilli(Long.parseLong(words[1]));
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .startInstant()
                            .map(instant ->
                                    Duration.between(instant, started).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                            .orElse(false));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ENDING);
    }
}
