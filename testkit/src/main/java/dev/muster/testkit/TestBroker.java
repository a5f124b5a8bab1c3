package dev.muster.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.muster.local.parts.Broker;
import dev.muster.local.parts.Parts;
import dev.muster.local.parts.Ports;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/// A real Apache Kafka broker for tests. It does not create topics by itself.
public final class TestBroker implements AutoCloseable {

    private static final class Shared {
        static final TestBroker BROKER = start();
    }

    private final Broker broker;
    private final TestProcess process;

    private TestBroker(Broker broker) {
        this.broker = broker;
        this.process = TestProcess.start(broker);
    }

    /// The one broker of this JVM; starts with the first call and ends with the JVM. Never kill this one: start your
    /// own.
    public static TestBroker shared() {
        return Shared.BROKER;
    }

    /// A broker of one's own, for tests that make it fail.
    public static TestBroker start() {
        var folder = TestProcess.folder("broker");
        var parts = Parts.find();
        return new TestBroker(new Broker(
                parts, folder, parts.archives(), folder.resolve("broker.log"), Ports.anyFree(), Ports.anyFree()));
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public int port() {
        return broker.port();
    }

    /// A client for administration; the caller closes it.
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /// Creates a topic and waits until it is there.
    public void createTopic(String name, int partitions, Map<String, String> configuration) {
        try (var admin = admin()) {
            var topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configuration);
            admin.createTopics(List.of(topic)).all().get(30, SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot create topic " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
