package dev.muster.containers;

import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/// The images of `docker-compose.yml`, each started once for all tests.
final class Images {

    static final String KAFKA = "apache/kafka:4.3.1";
    static final String REGISTRY = "apicurio/apicurio-registry:3.3.3";
    static final String POSTGRES = "postgres:17";

    private static final Duration START = Duration.ofMinutes(3);

    private Images() {}

    private static final class Kafka {
        @SuppressWarnings("resource") // ends with the JVM
        static final KafkaContainer CONTAINER = started(new KafkaContainer(KAFKA).withStartupTimeout(START));
    }

    private static final class Registry {
        @SuppressWarnings("resource") // ends with the JVM
        static final GenericContainer<?> CONTAINER = started(new GenericContainer<>(REGISTRY)
                .withExposedPorts(8080)
                .waitingFor(Wait.forHttp("/apis/ccompat/v7/subjects").forPort(8080))
                .withStartupTimeout(START));
    }

    static String bootstrapServers() {
        return Kafka.CONTAINER.getBootstrapServers();
    }

    static String registryUrl() {
        var registry = Registry.CONTAINER;
        return "http://%s:%d/apis/ccompat/v7".formatted(registry.getHost(), registry.getMappedPort(8080));
    }

    /// Ends it with the JVM, also where Testcontainers' own cleaner is switched off.
    static <C extends GenericContainer<?>> C started(C container) {
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return container;
    }
}
