package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.local.parts.Parts;
import dev.muster.local.parts.Ports;
import dev.muster.local.parts.Probe;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The parts for real, without the services.
class LocalPlatformTest {

    @TempDir
    private Path folder;

    private final PortPlan ports = IntStream.rangeClosed(20, 300)
            .mapToObj(hundreds -> new PortPlan(hundreds * 41))
            .filter(plan -> plan.all().stream().allMatch(reserved -> Ports.free(reserved.port())))
            .findFirst()
            .orElseThrow();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final AtomicReference<LocalPlatform.Running> running = new AtomicReference<>();

    @Test
    void keepsItsDataAndEndsInGoodOrder() throws Exception {
        var first = start();
        awaitReady();
        assertThat(Probe.answers("http://localhost:%d/apis/ccompat/v7/subjects".formatted(ports.registry())))
                .isTrue();
        assertThat(Probe.answers("http://localhost:%d/livez".formatted(ports.mailPages())))
                .isTrue();
        var secrets = Files.readString(folder.resolve("data/secrets.env"));
        var postgres = commandLine("postgres");
        assertThat(secrets.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("=", 2)[1]))
                .noneMatch(postgres::contains);
        stop(first);
        assertThat(folder.resolve("data/run")).isEmptyDirectory();

        printed.reset();
        var second = start();
        awaitReady();
        assertThat(Files.readString(folder.resolve("data/secrets.env"))).isEqualTo(secrets);
        stop(second);
    }

    @Test
    void startsNothingWhenAPortIsTaken() throws Exception {
        try (var _ = new ServerSocket(ports.registry())) {
            var start = start();
            assertThat(start.handle((_, failure) -> failure.getCause().getMessage())
                            .get(30, TimeUnit.SECONDS))
                    .contains(ports.registry() + "  schema registry", "--port-offset");
        }
        assertThat(folder.resolve("data/kafka")).doesNotExist();
    }

    private CompletableFuture<Integer> start() {
        var wishes = new LocalPlatform.Wishes(folder.resolve("data"), false, true, false);
        var terminal = new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8));
        var platform =
                new LocalPlatform(Parts.find(), ports, wishes, Map.of("MUSTER_CLASS_ARCHIVES", "false"), terminal);
        return CompletableFuture.supplyAsync(() -> {
            try {
                return platform.run(running::set);
            } catch (java.io.IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void awaitReady() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> printed.toString(StandardCharsets.UTF_8), text -> text.contains("The parts are ready"));
    }

    private void stop(CompletableFuture<Integer> platform) throws Exception {
        running.get().stop();
        assertThat(platform.get(35, TimeUnit.SECONDS)).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Muster has stopped.")
                .doesNotContain("was killed");
    }

    private String commandLine(String name) throws Exception {
        var pid = Long.parseLong(Files.readString(folder.resolve("data/run").resolve(name + ".pid"))
                .split(" ", 2)[0]);
        return ProcessHandle.of(pid)
                .map(process -> process.info().commandLine().orElse("")
                        + List.of(process.info().arguments().orElse(new String[0])))
                .orElseThrow();
    }
}
