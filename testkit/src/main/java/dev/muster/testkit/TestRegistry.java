package dev.muster.testkit;

import dev.muster.local.parts.Parts;
import dev.muster.local.parts.Ports;
import dev.muster.local.parts.Registry;

/// A real Apicurio Registry for tests, which keeps its schemas in a file.
public final class TestRegistry implements AutoCloseable {

    private static final class Shared {
        static final TestRegistry REGISTRY = start();
    }

    private final Registry registry;
    private final TestProcess process;

    private TestRegistry(Registry registry) {
        this.registry = registry;
        this.process = TestProcess.start(registry);
    }

    /// The one registry of this JVM; starts with the first call and ends with the JVM. Never kill this one: start your
    /// own.
    public static TestRegistry shared() {
        return Shared.REGISTRY;
    }

    /// A registry of one's own, for tests that make it fail.
    public static TestRegistry start() {
        var folder = TestProcess.folder("registry");
        var parts = Parts.find();
        return new TestRegistry(new Registry(
                parts,
                new Registry.Storage.SingleFile(folder.resolve("schemas")),
                parts.archives(),
                folder.resolve("registry.log"),
                Ports.anyFree()));
    }

    /// The base of Confluent's REST API, as for `schema.registry.url`.
    public String url() {
        return registry.url();
    }

    /// Ends it as a crash would (SIGKILL).
    public void kill() {
        process.kill();
    }

    public void stop() {
        process.stop();
    }

    /// Starts it again, same port, same schemas.
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
