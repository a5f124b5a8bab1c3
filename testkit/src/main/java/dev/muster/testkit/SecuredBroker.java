package dev.muster.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.muster.local.parts.Broker;
import dev.muster.local.parts.Parts;
import dev.muster.local.parts.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/// A real Apache Kafka broker that services reach over TLS and with a password (SASL_SSL, SCRAM-SHA-512), and tests
/// without.
public final class SecuredBroker implements AutoCloseable {

    private static final String PASSWORD = "hunter2-of-kafka";

    private final Broker broker;
    private final int securedPort;
    private final TestProcess process;

    private SecuredBroker(Broker broker, int securedPort) {
        this.broker = broker;
        this.securedPort = securedPort;
        this.process = TestProcess.start(broker);
    }

    /// Starts one with a certificate and a user of its own.
    public static SecuredBroker start() {
        var folder = TestProcess.folder("secured-broker");
        makeCertificate(keyStore(folder));
        var parts = Parts.find();
        var port = Ports.anyFree();
        var controller = Ports.anyFree();
        var secured = Ports.anyFree();
        var listeners = """
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d,SECURED://127.0.0.1:%3$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,SECURED://localhost:%3$d
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SECURED:SASL_SSL
                listener.name.secured.ssl.keystore.location=%4$s
                listener.name.secured.ssl.keystore.type=PKCS12
                listener.name.secured.ssl.keystore.password=%5$s
                listener.name.secured.sasl.enabled.mechanisms=SCRAM-SHA-512
                listener.name.secured.scram-sha-512.sasl.jaas.config=\
                org.apache.kafka.common.security.scram.ScramLoginModule required;
                """.formatted(port, controller, secured, keyStore(folder), PASSWORD);
        var broker = new SecuredBroker(
                new Broker(parts, folder, parts.archives(), folder.resolve("broker.log"), port, controller, listeners),
                secured);
        broker.addUser();
        return broker;
    }

    private static Path keyStore(Path folder) {
        return folder.resolve("broker.p12").toAbsolutePath();
    }

    private static void makeCertificate(Path store) {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", "broker", "-keyalg", "EC"));
        command.addAll(List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool made no certificate");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void addUser() {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            var how = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion("muster", how, PASSWORD)))
                    .all()
                    .get(30, SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the user could not be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Where tests reach it, without TLS or password.
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /// What a service has to be told, as environment variables of Spring Boot.
    public Map<String, String> environment() {
        return Map.of(
                "SPRING_KAFKA_BOOTSTRAPSERVERS",
                "localhost:" + securedPort,
                "SPRING_KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "SPRING_KAFKA_SSL_TRUSTSTORELOCATION",
                "file:" + keyStore(broker.folder()),
                "SPRING_KAFKA_SSL_TRUSTSTOREPASSWORD",
                PASSWORD,
                "SPRING_KAFKA_SSL_TRUSTSTORETYPE",
                "PKCS12",
                "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM",
                "SCRAM-SHA-512",
                "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"muster\" password=\"%s\";"
                        .formatted(PASSWORD));
    }

    @Override
    public void close() {
        process.close();
    }
}
