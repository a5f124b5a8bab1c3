package dev.muster.local.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// PostgreSQL, reached over TCP with a password.
///
/// @param folder holds its data
/// @param password of the only user, [#USER], who may do everything
/// @param databases created when they are not there yet
/// @param durable false only where losing data in a crash of the machine does no harm
public record Postgres(
        Parts parts, Path folder, Path log, int port, String password, List<String> databases, boolean durable)
        implements Part {

    public static final String USER = "muster";

    @Override
    public String name() {
        return "postgres";
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:%d/%s".formatted(port, database);
    }

    @Override
    public Program program() throws IOException {
        var home = PostgresBinaries.unpack(parts);
        var account = UnprivilegedAccount.find();
        if (!Files.exists(folder.resolve("PG_VERSION"))) {
            initialise(home, account);
        }
        account.own(folder);
        var command = new ArrayList<>(account.prefix());
        command.addAll(List.of(home.resolve("bin/postgres").toString(), "-D", folder.toString()));
        for (var setting : settings().entrySet()) {
            command.add("-c");
            command.add(setting.getKey() + "=" + setting.getValue());
        }
        // SIGTERM would wait until every client has gone.
        return new Program(name(), command, Map.of(), log, "INT");
    }

    @Override
    public boolean ready() {
        try (var _ = connect("postgres")) {
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    @Override
    public void afterStart() throws IOException {
        for (var database : databases) {
            createDatabase(database);
        }
    }

    /// Creates the database unless it is there.
    public void createDatabase(String name) throws IOException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement();
                var found = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
            if (!found.next()) {
                statement.execute("create database " + name);
            }
        } catch (SQLException e) {
            throw new IOException("cannot create the database " + name + ": " + e.getMessage(), e);
        }
    }

    private Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        return DriverManager.getConnection(jdbcUrl(database), properties);
    }

    private Map<String, String> settings() {
        var settings = new java.util.LinkedHashMap<>(Map.of(
                "port", Integer.toString(port),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "max_connections", "80",
                "shared_buffers", "128MB"));
        if (!durable) {
            settings.putAll(Map.of("fsync", "off", "full_page_writes", "off"));
        }
        return settings;
    }

    private void initialise(Path home, UnprivilegedAccount account) throws IOException {
        Files.createDirectories(folder);
        account.own(folder);
        var secret = Files.createTempFile(
                "muster",
                ".password",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(secret, password);
            account.own(secret);
            var command = new ArrayList<>(account.prefix());
            command.addAll(List.of(
                    home.resolve("bin/initdb").toString(),
                    "--pgdata=" + folder,
                    "--username=" + USER,
                    "--pwfile=" + secret,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--no-sync",
                    "--no-instructions"));
            var child = Child.start(Program.of("postgres-init", command, Map.of(), log));
            if (child.ended().join().exitCode() != 0) {
                throw StartFailure.ended(child);
            }
        } finally {
            Files.delete(secret);
        }
    }
}
