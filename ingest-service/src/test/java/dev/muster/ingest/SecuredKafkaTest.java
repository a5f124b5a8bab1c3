package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.Topics;
import dev.muster.testkit.SecuredBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Properties;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Every client that a service opens gets the settings of Kafka: administration, producers, consumers of the binder,
/// and those that follow what is declared.
class SecuredKafkaTest {

    @AutoClose
    private final SecuredBroker broker = SecuredBroker.start();

    @Test
    void worksOverTlsWithAPasswordByTheVariablesOfTheExample() throws IOException {
        var variables = new HashMap<String, Object>(broker.environment());
        assertThat(example().stringPropertyNames())
                .as("examples/secured.env")
                .containsAll(broker.environment().keySet());
        var service = new SpringApplicationBuilder(IngestApplication.class).registerShutdownHook(false);
        // The ending of the name makes Spring read it as it reads the environment of a process.
        service.initializers(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
        try (var context = service.run(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.kafka.properties.schema.registry.url=mock://secured",
                "--muster.topics.partitions=1",
                "--muster.token=" + Http.TOKEN,
                "--muster.connections.github.secret=" + Http.SECRET)) {
            var http = new Http(IngestContext.port(context));
            var management = new Http(IngestContext.managementPort(context));

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> management
                                    .send(management
                                            .to("/actuator/health/readiness")
                                            .GET())
                                    .statusCode()
                            == 200);
            assertThat(http.deliver("d-secured", "dependabot_alert", "not json").statusCode())
                    .isEqualTo(202);

            var letters = context.getBean(Topics.class).deadLetters();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(new TopicRecords(broker.bootstrapServers()).all(letters))
                            .as("the normaliser read it, and wrote what it could not use")
                            .hasSize(1));
        }
    }

    private static Properties example() throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(Path.of("..", "examples", "secured.env"))) {
            properties.load(in);
        }
        return properties;
    }
}
