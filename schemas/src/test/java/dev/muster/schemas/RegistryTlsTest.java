package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client against a registry that speaks TLS, with certificates made by the JDK's own tool.
class RegistryTlsTest {

    private static final String PASSWORD = "hunter2-store";

    @TempDir
    private static Path folder;

    private static HttpsServer server;
    private static volatile boolean wantsCertificate;

    @BeforeAll
    static void start() throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                path("registry.p12"),
                "-storetype",
                "PKCS12");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "registry",
                "-keystore",
                path("registry.p12"),
                "-file",
                path("registry.pem"));
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "registry",
                "-file",
                path("registry.pem"),
                "-keystore",
                path("trust.jks"),
                "-storetype",
                "JKS");
        keytool(
                "-genkeypair",
                "-alias",
                "client",
                "-keyalg",
                "EC",
                "-dname",
                "CN=muster",
                "-keystore",
                path("client.p12"),
                "-storetype",
                "PKCS12");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "client",
                "-keystore",
                path("client.p12"),
                "-file",
                path("client.pem"));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serverContext()) {
            @Override
            public void configure(HttpsParameters parameters) {
                var ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setNeedClientAuth(wantsCertificate);
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = "{\"schema\":\"\\\"string\\\"\"}".getBytes();
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    private static SSLContext serverContext() {
        return new RegistryTls(
                        new RegistryTls.Store("trust", path("client.pem"), null, "PEM"),
                        new RegistryTls.Store("key", path("registry.p12"), new Password(PASSWORD), "PKCS12"),
                        null)
                .context();
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static String typeOfSchema(Map<String, String> properties) {
        var config = new HashMap<String, Object>(properties);
        config.put(
                "schema.registry.url",
                "https://localhost:" + server.getAddress().getPort());
        config.put("max.retries", 0);
        try (var registry = SchemaRegistries.from(config)) {
            return registry.byId(1).getType().getName();
        }
    }

    @Test
    void trustsWhatIsInTheStore() {
        wantsCertificate = false;
        assertThat(typeOfSchema(Map.of(
                        "schema.registry.ssl.truststore.location",
                        path("trust.jks"),
                        "schema.registry.ssl.truststore.password",
                        PASSWORD)))
                .isEqualTo("string");
    }

    @Test
    void trustsAPemFile() {
        wantsCertificate = false;
        assertThat(typeOfSchema(Map.of(
                        "schema.registry.ssl.truststore.location",
                        path("registry.pem"),
                        "schema.registry.ssl.truststore.type",
                        "PEM")))
                .isEqualTo("string");
    }

    @Test
    void showsItsOwnCertificateWhenItIsAskedFor() {
        wantsCertificate = true;
        assertThat(typeOfSchema(Map.of(
                        "schema.registry.ssl.truststore.location",
                        path("registry.pem"),
                        "schema.registry.ssl.truststore.type",
                        "PEM",
                        "schema.registry.ssl.keystore.location",
                        path("client.p12"),
                        "schema.registry.ssl.keystore.password",
                        PASSWORD,
                        "schema.registry.ssl.keystore.type",
                        "PKCS12")))
                .isEqualTo("string");
    }

    @Test
    void trustsNobodyElse() {
        wantsCertificate = false;
        assertThatThrownBy(() -> typeOfSchema(Map.of()))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("does not answer")
                .hasMessageContaining("certification path");
    }

    @Test
    void namesAStoreThatCannotBeUsedAndKeepsItsPassword() throws IOException {
        assertThatThrownBy(() -> typeOfSchema(Map.of(
                        "schema.registry.ssl.truststore.location",
                        path("trust.jks"),
                        "schema.registry.ssl.truststore.password",
                        "wrong-hunter2")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl.truststore.location: " + path("trust.jks"))
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> typeOfSchema(Map.of("schema.registry.ssl.keystore.location", "/nowhere.jks")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl.keystore.location: /nowhere.jks cannot be used as JKS");
        Files.writeString(folder.resolve("empty.pem"), "nothing");
        assertThatThrownBy(() -> typeOfSchema(Map.of(
                        "schema.registry.ssl.truststore.location",
                        path("empty.pem"),
                        "schema.registry.ssl.truststore.type",
                        "PEM")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("empty.pem cannot be used as PEM");
    }
}
