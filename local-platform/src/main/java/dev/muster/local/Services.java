package dev.muster.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.muster.local.parts.ClassArchives;
import dev.muster.local.parts.Parts;
import dev.muster.local.parts.Postgres;
import dev.muster.local.parts.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How the four services are started: one row each, and what all of them are told.
///
/// Three layers make the environment of a service, the later ones win: defaults for one machine, what the
/// user has set with the prefixes `MUSTER_` and `SPRING_`, and the addresses within this platform.
/// `MUSTER_HEAP_` with the name of a service gives it another heap, such as `1g`.
/// `MUSTER_BIND_ADDRESS` lets other machines reach the services; health and metrics, broker, registry and
/// database stay on this machine.
record Services(
        Parts parts,
        DataFolder data,
        PortPlan ports,
        Secrets secrets,
        Postgres postgres,
        Map<String, String> userEnvironment) {

    /// A service and the parts that must be ready before it starts.
    record Row(Service service, Set<String> needs) {}

    static final String NOTIFIER_DATABASE = "muster_notifier";
    static final String PORTAL_DATABASE = "muster_portal";

    private static final String INGEST = "ingest";
    private static final Map<String, String> HEAPS =
            Map.of(INGEST, "320m", "evaluator", "320m", "notifier", "192m", "portal", "256m");

    private static final String HEAP = "MUSTER_HEAP_";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String BIND_ADDRESS = "MUSTER_BIND_ADDRESS";
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");
    private static final List<String> TEAMS_OF_THE_EXAMPLES = List.of("payments", "storefront");

    List<Row> rows() {
        var log = Set.of("kafka", "registry");
        var logAndDatabase = Set.of("kafka", "registry", "postgres");
        return List.of(
                row(
                        INGEST,
                        ports.ingest(),
                        log,
                        Map.of("MUSTER_INGEST_SPOOL_FOLDER", data.of("spool").toString())),
                row("evaluator", ports.evaluator(), log, Map.of("MUSTER_STATE_DIR", state())),
                row("notifier", ports.notifier(), logAndDatabase, with(database(NOTIFIER_DATABASE), mail())),
                row("portal", ports.portal(), logAndDatabase, with(database(PORTAL_DATABASE), others())));
    }

    /// The services without ports, addresses and secrets.
    ///
    /// @param logs folder of their logs
    static List<Service> untold(Parts parts, Path logs) {
        return HEAPS.keySet().stream()
                .sorted()
                .map(name -> service(
                        parts, name, heap(name, Map.of()), 0, Map.of(), parts.archives(), logs.resolve(name + ".log")))
                .toList();
    }

    private static Service service(
            Parts parts,
            String name,
            String heap,
            int healthPort,
            Map<String, String> environment,
            ClassArchives archives,
            Path log) {
        return new Service(name, jar(parts, name), heap, healthPort, environment, parts.services(), archives, log);
    }

    private static String heap(String name, Map<String, String> userEnvironment) {
        var usual = requireNonNull(HEAPS.get(name));
        return userEnvironment.getOrDefault(HEAP + name.toUpperCase(Locale.ROOT), usual);
    }

    /// Somebody else than the admin, because nobody approves what he asked for himself; unless the user
    /// named callers.
    private Map<String, String> approver() {
        if (userEnvironment.keySet().stream().anyMatch(name -> name.startsWith("MUSTER_TOKENS_"))) {
            return Map.of();
        }
        return Map.of(
                "MUSTER_TOKENS_0_NAME",
                "approver",
                "MUSTER_TOKENS_0_SHA256",
                sha256(secrets.get(Secrets.APPROVER)),
                "MUSTER_TOKENS_0_ROLES",
                "editor",
                "MUSTER_TOKENS_0_DUTIES",
                "exemptions,security,privacy,accessibility,legal,operations");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Slack as far as the catcher stands in for it, unless the user set up anything of Slack.
    private Map<String, String> slack() {
        var own = userEnvironment.keySet().stream()
                .anyMatch(name ->
                        name.startsWith("MUSTER_NOTIFIER_DESTINATIONS_") || name.startsWith("MUSTER_NOTIFIER_SLACK_"));
        if (own) {
            return Map.of();
        }
        var catcher = "http://localhost:" + ports.mailPages();
        var slack = new HashMap<>(Map.of(
                "MUSTER_NOTIFIER_SLACK_APIURL",
                catcher + "/slack/api/",
                "MUSTER_NOTIFIER_OUTBOUND_ALLOWEDHOSTS",
                catcher,
                "MUSTER_NOTIFIER_OUTBOUND_ALLOWEDNETWORKS",
                "127.0.0.0/8,::1/128"));
        for (var team : TEAMS_OF_THE_EXAMPLES) {
            var destination = "MUSTER_NOTIFIER_DESTINATIONS_" + team.toUpperCase(Locale.ROOT);
            slack.put(destination + "_TYPE", "slack-bot");
            slack.put(destination + "_TOKEN", "caught-on-this-machine");
            slack.put(destination + "_CHANNEL", "#" + team);
        }
        return slack;
    }

    private Row row(String name, int port, Set<String> needs, Map<String, String> addresses) {
        var environment = new HashMap<>(defaults());
        environment.putAll(approver());
        if (name.equals("notifier")) {
            environment.putAll(slack());
            environment.put("MUSTER_NOTIFIER_SNOOZE_URL", "http://localhost:" + port);
            environment.put("MUSTER_NOTIFIER_SNOOZE_SECRET", sha256("snooze " + secrets.get(Secrets.TOKEN)));
        }
        if (name.equals(INGEST)) {
            environment.putAll(secrets.webhooks());
        }
        userEnvironment.forEach((variable, value) -> {
            if (variable.startsWith("MUSTER_") || variable.startsWith("SPRING_")) {
                environment.put(variable, value);
            }
        });
        environment.putAll(addresses);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("SERVER_ADDRESS", userEnvironment.getOrDefault(BIND_ADDRESS, LOOPBACK));
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.management(port)));
        environment.put("MANAGEMENT_SERVER_ADDRESS", LOOPBACK);
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", "localhost:" + ports.kafka());
        environment.put(
                "SPRING_KAFKA_PROPERTIES_SCHEMA_REGISTRY_URL",
                "http://localhost:%d/apis/ccompat/v7".formatted(ports.registry()));
        return new Row(
                service(
                        parts,
                        name,
                        heap(name, userEnvironment),
                        ports.management(port),
                        environment,
                        archives(parts, userEnvironment),
                        data.log(name)),
                needs);
    }

    private Map<String, String> defaults() {
        return Map.of(
                Secrets.TOKEN,
                secrets.get(Secrets.TOKEN),
                Secrets.ACTING,
                secrets.get(Secrets.ACTING),
                "MUSTER_PORTAL_URL",
                "http://localhost:" + ports.portal(),
                "MUSTER_TOPICS_PARTITIONS",
                "3",
                "MUSTER_NOTIFIER_FALLBACK_EMAIL",
                "platform@muster.localhost",
                "MUSTER_NOTIFIER_GROUPWAIT",
                "5s",
                "MUSTER_NOTIFIER_FLAP_CONFIRM",
                "5s",
                "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE",
                "8s");
    }

    private Map<String, String> database(String name) {
        return Map.of(
                "SPRING_DATASOURCE_URL", postgres.jdbcUrl(name),
                "SPRING_DATASOURCE_USERNAME", Postgres.USER,
                "SPRING_DATASOURCE_PASSWORD", postgres.password());
    }

    /// Where the portal reaches the services that it asks to do what people want.
    private Map<String, String> others() {
        var bound = userEnvironment.getOrDefault(BIND_ADDRESS, LOOPBACK);
        var host = EVERY_ADDRESS.contains(bound) ? LOOPBACK : bound.contains(":") ? "[" + bound + "]" : bound;
        return Map.of(
                "MUSTER_PORTAL_ACTING_INGEST", "http://%s:%d".formatted(host, ports.ingest()),
                "MUSTER_PORTAL_ACTING_NOTIFIER", "http://%s:%d".formatted(host, ports.notifier()));
    }

    private Map<String, String> mail() {
        return Map.of("SPRING_MAIL_HOST", "localhost", "SPRING_MAIL_PORT", Integer.toString(ports.smtp()));
    }

    /// The class archives of all processes, written unless the user's `MUSTER_CLASS_ARCHIVES` is `false`.
    static ClassArchives archives(Parts parts, Map<String, String> userEnvironment) {
        var archives = parts.archives();
        return "false".equals(userEnvironment.get("MUSTER_CLASS_ARCHIVES")) ? archives.asTheyAre() : archives;
    }

    private String state() {
        return data.of("state").toString();
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    /// The jar of the service that takes webhooks.
    ///
    /// @throws StartFailure when it is not built
    static Path ingestJar(Parts parts) {
        return jar(parts, INGEST);
    }

    private static Path jar(Parts parts, String name) {
        var target = parts.checkout().resolve(name + "-service").resolve("target");
        if (Files.isDirectory(target)) {
            try (var files = Files.list(target)) {
                var jar = files.filter(file -> file.toString().endsWith("-exec.jar"))
                        .findFirst();
                if (jar.isPresent()) {
                    return jar.get();
                }
            } catch (IOException e) {
                throw new StartFailure("cannot look into " + target + ": " + e.getMessage());
            }
        }
        throw new StartFailure(
                "the jar of the %s is not built (%s): run mvn -DskipTests package".formatted(name, target));
    }
}
