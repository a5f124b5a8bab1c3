package dev.muster.local.parts;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One running child process.
///
/// It leads a session of its own, so that Ctrl-C in the terminal reaches only us and we end the children in the right
/// order.
/// It inherits no variable of our environment beyond [#INHERITED].
public final class Child {

    /// What every program needs from the environment of the user; anything else is given by name.
    static final Set<String> INHERITED = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "JAVA_TOOL_OPTIONS",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy");

    private static final int TAIL_BYTES = 16 * 1024;

    private final Program program;
    private final Process process;
    private final long logStart;

    private Child(Program program, Process process, long logStart) {
        this.program = program;
        this.process = process;
        this.logStart = logStart;
    }

    /// Starts the program.
    public static Child start(Program program) {
        try {
            Files.createDirectories(program.log().toAbsolutePath().getParent());
            var command = new ArrayList<>(ownSession());
            command.addAll(program.command());
            var builder = new ProcessBuilder(command)
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(program.log().toFile()));
            builder.environment().keySet().retainAll(INHERITED);
            builder.environment().putAll(program.environment());
            var logStart = Files.exists(program.log()) ? Files.size(program.log()) : 0;
            return new Child(program, builder.start(), logStart);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + program.name() + ": " + e.getMessage(), e);
        }
    }

    public String name() {
        return program.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// The exit code; only after its end. A process that died of signal n has 128 + n.
    public int exitCode() {
        return process.exitValue();
    }

    /// Completes when the process has ended, for whatever reason.
    public CompletableFuture<Child> ended() {
        return process.onExit().thenApply(_ -> this);
    }

    /// Asks it to end, and kills it when it does not within `patience`.
    ///
    /// @return whether it ended by itself
    public boolean stop(Duration patience) {
        if (!alive()) {
            return true;
        }
        resume();
        signal(program.stopSignal());
        if (awaitEnd(patience)) {
            return true;
        }
        kill();
        return false;
    }

    /// Ends it at once, as a crash would (SIGKILL).
    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /// Freezes it and the processes that it started (SIGSTOP): its sockets stay open and nothing answers.
    public void pause() {
        signal("STOP"); // first, so that it starts no further ones
        process.descendants().forEach(descendant -> signal(descendant.pid(), "STOP"));
    }

    /// Lets it go on after [#pause()].
    public void resume() {
        process.descendants().forEach(descendant -> signal(descendant.pid(), "CONT"));
        signal("CONT");
    }

    /// The last lines that this run wrote to its log.
    public List<String> tail(int lines) {
        try (var file = new RandomAccessFile(program.log().toFile(), "r")) {
            var from = Math.max(logStart, file.length() - TAIL_BYTES);
            file.seek(from);
            var bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            var all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException _) {
            return List.of();
        }
    }

    public Path log() {
        return program.log();
    }

    private boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return !alive();
        }
    }

    private void signal(String name) {
        if (alive()) {
            signal(pid(), name);
        }
    }

    private static void signal(long pid, String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// `setsid` and this line of Perl replace themselves by the program, so the process id stays.
    private static List<String> ownSession() {
        if (onPath("setsid") != null) {
            return List.of("setsid");
        }
        return onPath("perl") == null
                ? List.of()
                : List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV");
    }

    static @Nullable Path onPath(String name) {
        for (var folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            var file = Path.of(folder, name);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }
}
