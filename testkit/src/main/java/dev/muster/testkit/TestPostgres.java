package dev.muster.testkit;

import dev.muster.local.parts.Parts;
import dev.muster.local.parts.Ports;
import dev.muster.local.parts.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL for tests; every test class asks for databases of its own.
public final class TestPostgres implements AutoCloseable {

    /// An empty database.
    public record Database(String url, String user, String password) {

        @Override
        public String toString() {
            return url;
        }
    }

    private static final class Shared {
        static final TestPostgres POSTGRES = start();
    }

    private final Postgres postgres;
    private final TestProcess process;
    private final AtomicInteger created = new AtomicInteger();

    private TestPostgres(Postgres postgres) {
        this.postgres = postgres;
        this.process = TestProcess.start(postgres);
    }

    /// The one server of this JVM; starts with the first call and ends with the JVM. Never kill this one: start your
    /// own.
    public static TestPostgres shared() {
        return Shared.POSTGRES;
    }

    /// A server of one's own, for tests that make it fail.
    public static TestPostgres start() {
        var folder = TestProcess.folder("postgres");
        return new TestPostgres(new Postgres(
                Parts.find(),
                folder.resolve("data"),
                folder.resolve("postgres.log"),
                Ports.anyFree(),
                "not-a-secret",
                List.of(),
                false));
    }

    /// A new, empty database.
    public Database newDatabase() {
        var name = "test_" + created.incrementAndGet();
        try {
            postgres.createDatabase(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Database(postgres.jdbcUrl(name), Postgres.USER, postgres.password());
    }

    /// Ends it as a crash would (SIGKILL).
    public void kill() {
        process.kill();
    }

    public void stop() {
        process.stop();
    }

    /// Starts it again, same port, same data.
    public void restart() {
        process.restart();
    }

    /// Freezes it: connections stay open and nothing answers.
    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    @Override
    public void close() {
        process.close();
    }
}
