package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.local.parts.Part;
import dev.muster.local.parts.Program;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final CountDownLatch ready = new CountDownLatch(1);

    /// Writes its name when it starts and when it is asked to end.
    private record Noted(String name, Path folder) implements Part {

        @Override
        public Program program() {
            var script =
                    "trap 'echo %1$s ends >> notes; exit 0' TERM; echo %1$s starts >> notes; touch %1$s.ready; while :; do sleep 0.05; done";
            return Program.of(
                    name,
                    List.of("sh", "-c", "cd %s; %s".formatted(folder, script.formatted(name))),
                    Map.of(),
                    folder.resolve(name + ".log"));
        }

        @Override
        public boolean ready() {
            return Files.exists(folder.resolve(name + ".ready"));
        }
    }

    private record Broken(String name, Path folder) implements Part {

        @Override
        public Program program() {
            return Program.of(
                    name,
                    List.of("sh", "-c", "echo the disk is full; exit 7"),
                    Map.of(),
                    folder.resolve(name + ".log"));
        }

        @Override
        public boolean ready() {
            return false;
        }
    }

    @Test
    void startsWhatIsNeededFirstAndEndsItLast() throws Exception {
        var supervisor = supervisor(
                new Supervisor.Step(new Noted("service", folder), Set.of("database")),
                new Supervisor.Step(new Noted("database", folder), Set.of()));
        var run = run(supervisor);
        assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
        supervisor.stop();
        assertThat(run.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("notes"))
                .hasContent("database starts\nservice starts\nservice ends\ndatabase ends\n".strip());
        assertThat(folder.resolve("run")).isEmptyDirectory();
    }

    @Test
    void startsAgainWhatDied() throws Exception {
        var supervisor = supervisor(new Supervisor.Step(new Noted("service", folder), Set.of()));
        var run = run(supervisor);
        assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
        var first = pid("service");
        ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> pid("service") != first);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("service ended with exit code 137", "service is started again in 1 s");
        supervisor.stop();
        assertThat(run.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsEverythingWhenSomethingCannotStartAndSaysWhatItSaid() throws Exception {
        var supervisor = supervisor(
                new Supervisor.Step(new Noted("database", folder), Set.of()),
                new Supervisor.Step(new Broken("service", folder), Set.of("database")));
        assertThat(run(supervisor).get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("service ended with exit code 7", "the disk is full", "service.log");
        assertThat(folder.resolve("notes")).content().contains("database ends");
    }

    private long pid(String name) throws Exception {
        return Long.parseLong(
                Files.readString(folder.resolve("run").resolve(name + ".pid")).split(" ", 2)[0]);
    }

    private Supervisor supervisor(Supervisor.Step... steps) throws Exception {
        return new Supervisor(
                List.of(steps),
                new PidFiles(folder.resolve("run")),
                new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8)));
    }

    private CompletableFuture<Boolean> run(Supervisor supervisor) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return supervisor.run(ready::countDown);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
