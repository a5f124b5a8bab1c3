package dev.muster.local;

import dev.muster.local.parts.Child;
import dev.muster.local.parts.Parts;
import dev.muster.local.parts.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Part of the build: starts each service up to where it would open its doors, so that its JVM keeps what it
/// learned. The addresses lead nowhere, the secrets are of this one process, nothing is called.
final class Training {

    private static final String PLACEHOLDER = "training-run";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            Secrets.TOKEN,
            PLACEHOLDER,
            Secrets.GITHUB,
            PLACEHOLDER,
            Secrets.ALERTMANAGER,
            PLACEHOLDER,
            "SERVER_PORT",
            "0",
            "MANAGEMENT_SERVER_PORT",
            "0",
            "SPRING_KAFKA_BOOTSTRAP_SERVERS",
            "127.0.0.1:9",
            "SPRING_KAFKA_PROPERTIES_SCHEMA_REGISTRY_URL",
            "http://127.0.0.1:9",
            "SPRING_FLYWAY_ENABLED",
            "false",
            "SPRING_JOOQ_SQL_DIALECT",
            "POSTGRES",
            "SPRING_DATASOURCE_PASSWORD",
            PLACEHOLDER);

    private final Parts parts;
    private final Terminal terminal;

    Training(Parts parts, Terminal terminal) {
        this.parts = parts;
        this.terminal = terminal;
    }

    /// Trains those services that were built since they were trained last, all at once.
    ///
    /// @throws StartFailure when one cannot be started that far
    void run() throws IOException {
        var logs = Files.createDirectories(parts.archives().folder());
        var runs = new ArrayList<Run>();
        for (var service : Services.untold(parts, logs)) {
            if (!Files.exists(service.trained())) {
                runs.add(start(service));
            }
        }
        if (!runs.isEmpty()) {
            terminal.say("Training the JVMs of the services, so that they start faster.");
        }
        for (var run : runs) {
            finish(run);
        }
    }

    private record Run(Service service, Path output, Child child) {}

    private static Run start(Service service) throws IOException {
        var output = service.trained().resolveSibling("unfinished-" + service.name() + ".aot");
        Files.deleteIfExists(output);
        return new Run(service, output, Child.start(service.training(output, ENVIRONMENT)));
    }

    private void finish(Run run) throws IOException {
        var exitCode = run.child().ended().join().exitCode();
        if (exitCode != 0 || !Files.exists(run.output())) {
            throw new StartFailure("the training run of the %s failed.%n"
                            .formatted(run.service().name())
                    + StartFailure.said(run.child()));
        }
        for (var older : trained(run.service())) {
            Files.delete(older);
        }
        Files.move(run.output(), run.service().trained(), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<Path> trained(Service service) throws IOException {
        try (var files = Files.list(parts.archives().folder())) {
            return files.filter(file -> file.getFileName().toString().matches(service.name() + "-.*\\.aot"))
                    .toList();
        }
    }
}
