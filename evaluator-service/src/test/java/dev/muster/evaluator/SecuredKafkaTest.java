package dev.muster.evaluator;

import static org.awaitility.Awaitility.await;

import dev.muster.evaluator.runtime.StreamsHealth;
import dev.muster.testkit.SecuredBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Every client of Kafka Streams gets the settings of Kafka: consumers, the transactional producers, administration.
class SecuredKafkaTest {

    @AutoClose
    private final SecuredBroker broker = SecuredBroker.start();

    @Test
    void worksOverTlsWithAPassword(@TempDir Path state) {
        var variables = new HashMap<String, Object>(broker.environment());
        var service = new SpringApplicationBuilder(EvaluatorApplication.class).registerShutdownHook(false);
        // The ending of the name makes Spring read it as it reads the environment of a process.
        service.initializers(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
        try (var context = service.run(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.kafka.properties.schema.registry.url=mock://secured",
                "--muster.evaluator.state-dir=" + state,
                "--muster.topics.partitions=1")) {
            var health = context.getBean(StreamsHealth.class).readiness();
            await("all partitions are assigned and the transactions are open")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> health.health().getStatus().equals(Status.UP));
        }
    }
}
