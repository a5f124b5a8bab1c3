package dev.muster.local.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Apicurio Registry, which speaks the REST API of Confluent's registry at [#url()].
///
/// @param storage where it keeps the schemas
/// @param log where its output goes
public record Registry(Parts parts, Storage storage, ClassArchives archives, Path log, int port) implements Part {

    /// Where schemas are kept.
    public sealed interface Storage {

        /// A database of a [Postgres].
        record Database(String url, String user, String password) implements Storage {}

        /// A file of its own, for tests that want nothing else to run.
        record SingleFile(Path file) implements Storage {}
    }

    @Override
    public String name() {
        return "registry";
    }

    /// The base of Confluent's REST API.
    public String url() {
        return "http://localhost:%d/apis/ccompat/v7".formatted(port);
    }

    @Override
    public Program program() throws IOException {
        var environment = new HashMap<>(Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT", "0",
                "QUARKUS_HTTP_ACCESS_LOG_ENABLED", "false",
                "QUARKUS_LOG_CATEGORY__IO_APICURIO__LEVEL", "WARN",
                "APICURIO_STORAGE_KIND", "sql"));
        environment.putAll(
                switch (storage) {
                    case Storage.Database(var url, var user, var password) ->
                        Map.of(
                                "APICURIO_STORAGE_SQL_KIND", "postgresql",
                                "APICURIO_DATASOURCE_URL", url,
                                "APICURIO_DATASOURCE_USERNAME", user,
                                "APICURIO_DATASOURCE_PASSWORD", password,
                                "APICURIO_DATASOURCE_JDBC_INITIAL_SIZE", "2",
                                "APICURIO_DATASOURCE_JDBC_MIN_SIZE", "2",
                                "APICURIO_DATASOURCE_JDBC_MAX_SIZE", "8");
                    case Storage.SingleFile(var file) ->
                        Map.of(
                                "APICURIO_STORAGE_SQL_KIND",
                                "h2",
                                "APICURIO_DATASOURCE_URL",
                                "jdbc:h2:file:%s;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0"
                                        .formatted(file.toAbsolutePath()));
                });
        return Program.of(
                name(),
                Program.smallJava(
                        "256m",
                        archives.options("registry"),
                        List.of(
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "-jar",
                                parts.registry().resolve("quarkus-run.jar").toString())),
                environment,
                log);
    }

    @Override
    public boolean ready() {
        return Probe.answers(url() + "/subjects");
    }
}
