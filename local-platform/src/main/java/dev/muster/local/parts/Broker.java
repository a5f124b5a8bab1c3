package dev.muster.local.parts;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Apache Kafka as one node that is broker and controller (KRaft).
///
/// Settings are those of a single node: every internal topic has one replica. A broker that was killed is
/// trusted again three seconds later, and a group does not wait for members that will not come.
///
/// @param folder holds its settings and its log segments
/// @param log where its output goes
/// @param more further lines of its settings, which go before those here
public record Broker(
        Parts parts, Path folder, ClassArchives archives, Path log, int port, int controllerPort, String more)
        implements Part {

    public Broker(Parts parts, Path folder, ClassArchives archives, Path log, int port, int controllerPort) {
        this(parts, folder, archives, log, port, controllerPort, "");
    }

    /// GitHub sends up to 25 MB; the rest is for headers and the envelope.
    private static final int LARGEST_MESSAGE = 27 * 1024 * 1024;

    private static final int ANSWER_MILLIS = 2_000;

    @Override
    public String name() {
        return "kafka";
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    @Override
    public Program program() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(settingsFile(), settings());
        Files.writeString(folder.resolve("log4j2.yaml"), LOGGING);
        if (!Files.exists(folder.resolve("data/meta.properties"))) {
            format();
        }
        return run("kafka", List.of("kafka.Kafka", settingsFile().toString()));
    }

    /// Asks for the brokers of the cluster, by the wire protocol: a broker that does not work yet is not in its own
    /// answer.
    @Override
    public boolean ready() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(14); // bytes that follow
            out.writeShort(3); // Metadata
            out.writeShort(1); // version
            out.writeInt(1); // correlation id
            out.writeShort(-1); // no client id
            out.writeInt(0); // no topics
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            in.readInt(); // bytes that follow
            in.readInt(); // correlation id
            return in.readInt() > 0; // brokers
        } catch (IOException _) {
            return false;
        }
    }

    private void format() throws IOException {
        var id = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(randomId());
        var child = Child.start(run(
                "kafka-format",
                List.of(
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        id,
                        "-c",
                        settingsFile().toString())));
        if (child.ended().join().exitCode() != 0) {
            throw StartFailure.ended(child);
        }
        child.stop(Duration.ofSeconds(1));
    }

    private static byte[] randomId() {
        var id = new byte[16];
        new java.security.SecureRandom().nextBytes(id);
        id[0] = (byte) ((id[0] & 0x7f) | 0x40); // never starts with a dash, which would look like an option
        return id;
    }

    private Program run(String name, List<String> main) throws IOException {
        var rest = new java.util.ArrayList<>(List.of(
                "-Dlog4j2.configurationFile=" + folder.resolve("log4j2.yaml").toUri(),
                "-Djava.awt.headless=true",
                "-cp",
                parts.brokerClassPath()));
        rest.addAll(main);
        return Program.of(name, Program.smallJava("384m", archives.options(name), rest), Map.<String, String>of(), log);
    }

    private Path settingsFile() {
        return folder.resolve("server.properties");
    }

    private String settings() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                inter.broker.listener.name=PLAINTEXT
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                default.replication.factor=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=1000
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
                message.max.bytes=%4$d
                replica.fetch.max.bytes=%4$d
                log.cleaner.dedupe.buffer.size=8388608
                log.cleaner.threads=1
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                num.recovery.threads.per.data.dir=1
                """.formatted(port, controllerPort, folder.resolve("data").toAbsolutePath(), LARGEST_MESSAGE) + more;
    }

    private static final String LOGGING = """
            Configuration:
              status: WARN
              Appenders:
                Console:
                  name: out
                  PatternLayout:
                    pattern: "%d{ISO8601} %-5p %c{1} %m%n"
              Loggers:
                Root:
                  level: WARN
                  AppenderRef:
                    ref: out
                Logger:
                  - name: kafka.server.KafkaRaftServer
                    level: INFO
            """;
}
