package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.local.parts.Ports;
import dev.muster.testkit.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `docker-compose.yml` of this checkout with images of the jars that were just built: a project, ports, secrets and
/// volumes of its own, all of which end with it.
final class Containers implements Installation, AutoCloseable {

    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<String> PORTS = List.of(
            "MUSTER_KAFKA_PORT",
            "MUSTER_REGISTRY_PORT",
            "MUSTER_POSTGRES_PORT",
            "MUSTER_CATCHER_PORT",
            "MUSTER_CATCHER_SMTP_PORT",
            "MUSTER_INGEST_PORT",
            "MUSTER_INGEST_MANAGEMENT_PORT",
            "MUSTER_EVALUATOR_MANAGEMENT_PORT",
            "MUSTER_NOTIFIER_PORT",
            "MUSTER_NOTIFIER_MANAGEMENT_PORT",
            "MUSTER_PORTAL_PORT",
            "MUSTER_PORTAL_MANAGEMENT_PORT");

    private final String project = "muster-story-" + random(4);
    private final Map<String, String> variables;
    private final Path variablesFile;
    private final List<String> compose;

    private Containers() {
        variables = variables();
        variablesFile = written(variables);
        compose = compose();
    }

    /// Builds the images and starts all of it; returns when everything is healthy.
    static Containers start() {
        run(Duration.ofMinutes(10), List.of(CHECKOUT.resolve("muster").toString(), "images", "--as-built"));
        var containers = new Containers();
        Runtime.getRuntime().addShutdownHook(new Thread(containers::close));
        containers.compose("up", "-d", "--quiet-pull");
        for (var service : List.of("ingest", "evaluator", "notifier", "portal", "mail")) {
            containers.awaitHealthy(service);
        }
        return containers;
    }

    /// Asks a service to end (SIGTERM), as an update would.
    ///
    /// @return the exit code: 143 after SIGTERM, 137 when it had to be killed after 30 s
    int stop(String service) {
        compose("stop", "-t", "30", service);
        return Integer.parseInt(inspect(service, "{{.State.ExitCode}}"));
    }

    void startAgain(String service) {
        compose("start", service);
        awaitHealthy(service);
    }

    private void awaitHealthy(String service) {
        await(service + " is healthy").atMost(PATIENCE).until(() -> {
            var state = inspect(service, "{{.State.Health.Status}} {{.RestartCount}}");
            assertThat(state).as(service).endsWith(" 0");
            return state.startsWith("healthy");
        });
    }

    private String inspect(String service, String format) {
        var container = compose("ps", "-q", service).strip();
        return run(PATIENCE, List.of("docker", "inspect", "--format", format, container))
                .strip();
    }

    @Override
    public String portalUrl() {
        return url("MUSTER_PORTAL_PORT");
    }

    @Override
    public String ingestUrl() {
        return url("MUSTER_INGEST_PORT");
    }

    @Override
    public String mailUrl() {
        return url("MUSTER_CATCHER_PORT");
    }

    @Override
    public String bootstrapServers() {
        return "localhost:" + variables.get("MUSTER_KAFKA_PORT");
    }

    @Override
    public String registryUrl() {
        return url("MUSTER_REGISTRY_PORT") + "/apis/ccompat/v7";
    }

    @Override
    public String secret(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no secret " + name);
        }
        return value;
    }

    @Override
    public synchronized void close() {
        if (Files.exists(variablesFile)) {
            try {
                var logs = Path.of("target", project + ".log");
                Files.writeString(logs, compose("logs", "--no-color", "--timestamps"));
                compose("down", "--volumes", "--timeout", "30");
                Files.delete(variablesFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String url(String portVariable) {
        return "http://localhost:" + variables.get(portVariable);
    }

    private String compose(String... arguments) {
        var command = new ArrayList<>(compose);
        command.addAll(List.of(arguments));
        return run(PATIENCE, command);
    }

    private List<String> compose() {
        var program =
                succeeds("docker", "compose", "version") ? List.of("docker", "compose") : List.of("docker-compose");
        var command = new ArrayList<>(program);
        command.addAll(List.of(
                "--file", CHECKOUT.resolve("docker-compose.yml").toString(),
                "--project-name", project,
                "--env-file", variablesFile.toString()));
        return List.copyOf(command);
    }

    private static Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        PORTS.forEach(name -> variables.put(name, Integer.toString(Ports.anyFree())));
        variables.put("MUSTER_URL", "http://localhost:" + variables.get("MUSTER_PORTAL_PORT"));
        variables.put("MUSTER_NOTIFIER_GROUPWAIT", "1s");
        variables.put("MUSTER_NOTIFIER_FLAP_CONFIRM", "1s");
        for (var name : List.of(
                "MUSTER_TOKEN",
                "MUSTER_ACTING_TOKEN",
                "MUSTER_SECRET_GITHUB",
                "MUSTER_SECRET_ALERTMANAGER",
                "MUSTER_DATABASE_PASSWORD",
                "MUSTER_DATABASE_PASSWORD_REGISTRY",
                "MUSTER_DATABASE_PASSWORD_NOTIFIER",
                "MUSTER_DATABASE_PASSWORD_PORTAL",
                "MUSTER_GRAFANA_PASSWORD")) {
            variables.put(name, random(16));
        }
        return variables;
    }

    private static Path written(Map<String, String> variables) {
        try {
            var file = Files.createTempFile(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "compose", ".env");
            Files.writeString(
                    file,
                    variables.entrySet().stream()
                            .map(variable -> variable.getKey() + "=" + variable.getValue())
                            .collect(Collectors.joining("\n")));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String random(int bytes) {
        var value = new byte[bytes];
        RANDOM.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Runs a command to its end, which must be a good one.
    ///
    /// @return what it printed
    private static String run(Duration patience, List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .directory(CHECKOUT.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            // Read beside the waiting: a command that hangs is ended, and one that says a lot is not held up.
            var said = java.util.concurrent.CompletableFuture.supplyAsync(() -> read(process));
            if (!process.waitFor(patience.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            var output = said.join();
            assertThat(process.waitFor()).as("%s said: %s", command, output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
