package dev.muster.testkit;

import dev.muster.local.parts.Child;
import dev.muster.local.parts.Parts;
import dev.muster.local.parts.Ports;
import dev.muster.local.parts.Probe;
import dev.muster.local.parts.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/// The whole local platform, packaged, in processes of its own: what `./muster up` starts, on other ports and with its
/// own data.
///
/// Known by its outside only: HTTP, Kafka, files of the data folder.
public final class Platform implements Installation, AutoCloseable {

    private static final Duration START = Duration.ofMinutes(6);
    private static final Duration STOP = Duration.ofSeconds(35);
    private static final List<Integer> PORTS =
            List.of(8080, 8090, 8091, 8092, 9080, 9090, 9091, 9092, 19092, 19093, 18081, 15432, 13025, 18025);

    private static final class Shared {
        static final Platform PLATFORM = start(Map.of());
    }

    private final Path data;
    private final int offset;
    private final Map<String, String> environment;
    private Child child;

    private Platform(Path data, int offset, Map<String, String> environment) {
        this.data = data;
        this.offset = offset;
        this.environment = Map.copyOf(environment);
        this.child = launch();
    }

    /// The one platform of this JVM; starts with the first call and ends with the JVM.
    public static Platform shared() {
        return Shared.PLATFORM;
    }

    /// A platform of one's own, with an empty data folder.
    ///
    /// @param environment such as `MUSTER_NOTIFIER_GROUPWAIT`
    public static Platform start(Map<String, String> environment) {
        var platform = new Platform(TestProcess.folder("platform"), freeOffset(), environment);
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
        platform.awaitReady();
        return platform;
    }

    @Override
    public String portalUrl() {
        return url(8080);
    }

    @Override
    public String ingestUrl() {
        return url(8090);
    }

    @Override
    public String bootstrapServers() {
        return "localhost:" + (19092 + offset);
    }

    @Override
    public String registryUrl() {
        return url(18081) + "/apis/ccompat/v7";
    }

    @Override
    public String mailUrl() {
        return url(18025);
    }

    /// Base of health and metrics of `ingest`, `evaluator`, `notifier` or `portal`.
    public String managementUrl(String service) {
        return switch (service) {
            case "portal" -> url(9080);
            case "ingest" -> url(9090);
            case "evaluator" -> url(9091);
            case "notifier" -> url(9092);
            default -> throw new IllegalArgumentException("no service is named " + service);
        };
    }

    /// A value of `secrets.env`.
    @Override
    public String secret(String name) {
        try {
            return Files.readAllLines(data.resolve("secrets.env")).stream()
                    .filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no secret " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The data folder, with `logs/NAME.log`.
    public Path data() {
        return data;
    }

    public int portOffset() {
        return offset;
    }

    /// The process id of `kafka`, `registry`, `postgres`, `ingest`, `evaluator`, `notifier` or `portal`.
    public long pid(String name) {
        try {
            return Long.parseLong(
                    Files.readString(data.resolve("run").resolve(name + ".pid")).split(" ", 2)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("is " + name + " running?", e);
        }
    }

    /// Ends one process as a crash would (SIGKILL). The platform starts it again after a second.
    public void kill(String name) {
        ProcessHandle.of(pid(name)).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /// Waits until `name` runs as another process than `before`, and is ready when it is a service.
    public void awaitRestart(String name, long before) {
        Awaitility.await(name + " runs again")
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> {
                    var now = pid(name);
                    return now != before
                            && ProcessHandle.of(now).isPresent()
                            && (!List.of("portal", "ingest", "evaluator", "notifier")
                                            .contains(name)
                                    || Probe.answers(managementUrl(name) + "/actuator/health/readiness"));
                });
    }

    /// Kills a process and waits until it is back.
    public void killAndAwaitRestart(String name) {
        var before = pid(name);
        kill(name);
        awaitRestart(name, before);
    }

    /// Stops everything in good order, as Ctrl-C does.
    public synchronized void stop() {
        child.stop(STOP);
    }

    /// Starts it again with the same data, after [#stop()].
    public synchronized void startAgain() {
        child = launch();
        awaitReady();
    }

    /// What it printed.
    public List<String> output() {
        return child.tail(200);
    }

    @Override
    public void close() {
        stop();
    }

    private String url(int port) {
        return "http://localhost:" + (port + offset);
    }

    private Child launch() {
        var all = new HashMap<>(environment);
        all.putIfAbsent("MUSTER_NOTIFIER_GROUPWAIT", "1s");
        all.putIfAbsent("MUSTER_NOTIFIER_FLAP_CONFIRM", "1s");
        all.putIfAbsent("MUSTER_CLASS_ARCHIVES", "false"); // a quick end is worth more than a quick second start
        return Child.start(Program.of(
                "platform",
                List.of(
                        Program.java(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        jar().toString(),
                        "--data",
                        data.toString(),
                        "--port-offset",
                        Integer.toString(offset)),
                all,
                data.resolve("platform.log")));
    }

    private void awaitReady() {
        Awaitility.await("the platform is ready").atMost(START).until(() -> {
            if (!child.alive()) {
                throw new IllegalStateException("the platform did not start:\n" + String.join("\n", child.tail(60)));
            }
            return child.tail(60).stream().anyMatch(line -> line.startsWith("Muster is ready: "));
        });
    }

    private static Path jar() {
        var target = Parts.find().home().getParent();
        try (var files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("local-platform-[^/]*\\.jar"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("the local platform is not packaged: run mvn package"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freeOffset() {
        // All of them below those of Ports.anyFree(), which other tests use at the same time.
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(100, 1_900))
                .limit(500)
                .filter(offset -> PORTS.stream().allMatch(port -> Ports.free(port + offset)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free ports for a platform"));
    }
}
