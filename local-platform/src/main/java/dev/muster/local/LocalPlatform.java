package dev.muster.local;

import dev.muster.local.caught.Catcher;
import dev.muster.local.parts.Broker;
import dev.muster.local.parts.Parts;
import dev.muster.local.parts.Postgres;
import dev.muster.local.parts.Registry;
import dev.muster.local.parts.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One run of the platform: takes the data folder, starts everything, stays, ends everything.
///
/// ```
/// postgres ──▶ registry ─┬─▶ ingest, evaluator
/// kafka ─────────────────┴─▶ notifier, portal (also need postgres)
/// catcher of mail and Slack messages (in this process)
/// ```
///
/// @param userEnvironment of the person who started it
record LocalPlatform(
        Parts parts, PortPlan ports, Wishes wishes, Map<String, String> userEnvironment, Terminal terminal) {

    /// What the person who starts it wants.
    ///
    /// @param data the folder that keeps everything
    /// @param demo whether the commands of the `cli` tell a story once all is ready
    /// @param partsOnly whether the four services are left out
    /// @param scorecard whether a new data folder gets the scorecard that Muster ships
    record Wishes(Path data, boolean demo, boolean partsOnly, boolean scorecard) {}

    private static final String REGISTRY_DATABASE = "muster_registry";
    private static final Duration PATIENCE_WITH_LEFTOVERS = Duration.ofSeconds(10);

    /// How a run can be asked to end; [#stop()] returns at once.
    interface Running {
        void stop();
    }

    /// Runs until it is stopped or cannot go on.
    ///
    /// @param running is given the way to stop, before anything starts
    /// @return the exit code: 0 when it was asked to stop, 1 when it had to
    int run(java.util.function.Consumer<Running> running) throws IOException, InterruptedException {
        try (var data = DataFolder.take(wishes.data())) {
            var pids = new PidFiles(data.of("run"));
            endLeftovers(pids);
            ports.requireFree();
            data.turnLogs();
            var sources = wishes.partsOnly()
                    ? Map.<String, Secrets.Form>of()
                    : ShippedSources.secretsOf(Services.ingestJar(parts));
            var secrets = Secrets.in(data.of("secrets.env"), sources);
            var supervisor = new Supervisor(steps(data, secrets), pids, terminal);
            running.accept(supervisor::stop);
            terminal.say("Starting Muster. Data and logs are in " + data.of(""));
            try (var _ = Catcher.start(
                    data.of("mail"), data.of("slack"), ports.smtp(), ports.mailPages(), InstantSource.system())) {
                terminal.say("  %1$-10s ready; mail: http://localhost:%2$d, Slack: http://localhost:%2$d/slack"
                        .formatted("catcher", ports.mailPages()));
                var asked = supervisor.run(() -> {
                    declareScorecard(data, secrets);
                    announce(data);
                });
                terminal.say("Muster has stopped.");
                return asked ? 0 : 1;
            }
        }
    }

    private List<Supervisor.Step> steps(DataFolder data, Secrets secrets) {
        var archives = Services.archives(parts, userEnvironment);
        var postgres = new Postgres(
                parts,
                data.of("postgres"),
                data.log("postgres"),
                ports.postgres(),
                secrets.get(Secrets.DATABASE),
                List.of(REGISTRY_DATABASE, Services.NOTIFIER_DATABASE, Services.PORTAL_DATABASE),
                true);
        var broker = new Broker(
                parts, data.of("kafka"), archives, data.log("kafka"), ports.kafka(), ports.kafkaController());
        var registry = new Registry(
                parts,
                new Registry.Storage.Database(postgres.jdbcUrl(REGISTRY_DATABASE), Postgres.USER, postgres.password()),
                archives,
                data.log("registry"),
                ports.registry());
        var steps = new ArrayList<>(List.of(
                new Supervisor.Step(postgres, Set.of()),
                new Supervisor.Step(broker, Set.of()),
                new Supervisor.Step(registry, Set.of(postgres.name()))));
        if (!wishes.partsOnly()) {
            for (var row : new Services(parts, data, ports, secrets, postgres, userEnvironment).rows()) {
                steps.add(new Supervisor.Step(row.service(), row.needs()));
            }
        }
        return steps;
    }

    private void endLeftovers(PidFiles pids) throws IOException, InterruptedException {
        var leftovers = pids.leftovers();
        if (!leftovers.isEmpty()) {
            var names = leftovers.stream()
                    .map(leftover -> "%s (%d)"
                            .formatted(leftover.name(), leftover.process().pid()))
                    .toList();
            terminal.say("An earlier run left processes behind, which are ended now: " + String.join(", ", names));
            pids.end(leftovers, PATIENCE_WITH_LEFTOVERS);
        }
    }

    private void declareScorecard(DataFolder data, Secrets secrets) {
        if (!wishes.scorecard() || wishes.partsOnly()) {
            return;
        }
        var ingest = URI.create("http://localhost:" + ports.ingest());
        try {
            new ShippedScorecard(data.of("scorecard-declared"), ingest, secrets.get(Secrets.TOKEN)).declare();
        } catch (IOException e) {
            terminal.error("Muster runs, but " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void announce(DataFolder data) {
        if (wishes.partsOnly()) {
            terminal.say("The parts are ready; the services are left to you. Ctrl-C stops them.");
            return;
        }
        terminal.say("Muster is ready: http://localhost:" + ports.portal());
        terminal.say("To sign in, take MUSTER_TOKEN of " + data.of("secrets.env"));
        if (ports.offset() != 0 || !wishes.data().endsWith(".muster")) {
            terminal.say("For the other commands: export MUSTER_URL=http://localhost:%d MUSTER_DATA=%s"
                    .formatted(ports.portal(), data.of("")));
        }
        if (wishes.demo()) {
            Thread.startVirtualThread(() -> tellStory(data));
        } else {
            terminal.say("Ctrl-C stops it.");
        }
    }

    private void tellStory(DataFolder data) {
        try {
            var command = List.of(
                    dev.muster.local.parts.Program.java(),
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    cli().toString(),
                    "demo",
                    parts.checkout().resolve("examples").toString());
            var builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put("MUSTER_URL", "http://localhost:" + ports.portal());
            builder.environment().put("MUSTER_DATA", data.of("").toString());
            builder.start().waitFor();
            terminal.say("Ctrl-C stops Muster.");
        } catch (IOException e) {
            terminal.error("The story could not be told: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Path cli() throws IOException {
        try (var files = Files.list(parts.checkout().resolve("cli/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("cli-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new StartFailure("the commands are not built: run mvn -DskipTests package"));
        }
    }
}
