package dev.muster.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testkit.NeedsDocker;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.MountableFile;

/// The databases that `docker-compose.yml` makes, each with a user that owns it and nothing else.
@NeedsDocker
class PostgresImageTest {

    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

    private static final class Shared {
        @SuppressWarnings("resource") // ends with the JVM
        static final PostgreSQLContainer POSTGRES = Images.started(new PostgreSQLContainer(Images.POSTGRES)
                .withUsername("muster")
                .withPassword("owner of all")
                .withEnv(Map.of(
                        "MUSTER_DATABASE_PASSWORD_REGISTRY", password("muster_registry"),
                        "MUSTER_DATABASE_PASSWORD_NOTIFIER", password("muster_notifier"),
                        "MUSTER_DATABASE_PASSWORD_PORTAL", password("muster_portal")))
                .withCopyFileToContainer(
                        MountableFile.forHostPath(CHECKOUT.resolve("docker/postgres/databases.sh"), 0755),
                        "/docker-entrypoint-initdb.d/databases.sh"));
    }

    @ParameterizedTest
    @CsvSource({"muster_notifier, notifier-service, deliveries", "muster_portal, portal-service, transition"})
    void itsUserMigratesTheDatabaseOfAService(String name, String service, String table) throws Exception {
        var migrations = CHECKOUT.resolve(service).resolve("src/main/resources/db/migration");
        var flyway = Flyway.configure()
                .dataSource(url(name), name, password(name))
                .locations("filesystem:" + migrations)
                .load();

        assertThat(flyway.migrate().migrationsExecuted).isPositive();
        assertThat(flyway.migrate().migrationsExecuted).isZero();
        try (var connection = DriverManager.getConnection(url(name), name, password(name));
                var statement = connection.createStatement();
                var owner =
                        statement.executeQuery("select tableowner from pg_tables where tablename = '" + table + "'")) {
            assertThat(owner.next()).as("there is a table " + table).isTrue();
            assertThat(owner.getString(1)).isEqualTo(name);
        }
    }

    @Test
    void noUserReachesAnothersDatabase() {
        assertThatThrownBy(() -> DriverManager.getConnection(
                                url("muster_portal"), "muster_notifier", password("muster_notifier"))
                        .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void noUserComesInWithoutItsPassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(url("muster_portal"), "muster_portal", "guessed")
                        .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    /// With what a shell, SQL and psql each would like to read as something else.
    private static String password(String user) {
        return "it's \"" + user + "\" $HOME \\ :name";
    }

    private static String url(String database) {
        var postgres = Shared.POSTGRES;
        return "jdbc:postgresql://%s:%d/%s".formatted(postgres.getHost(), postgres.getMappedPort(5432), database);
    }
}
