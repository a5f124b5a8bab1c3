package dev.muster.service;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Settings of Spring Boot that all services share. Anything that a service or an operator sets goes before them.
final class ServiceDefaults implements EnvironmentPostProcessor, Ordered {

    private static final int MANAGEMENT_OFFSET = 1000;

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("spring.threads.virtual.enabled", "true"),
            Map.entry("spring.main.keep-alive", "true"),
            Map.entry("spring.main.banner-mode", "off"),
            // The whole stop has 30 s; two phases may not use all of it. A request is answered within 10 s.
            Map.entry("server.shutdown", "graceful"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "10s"),
            // Who sends a head or a body slower than this is let go.
            Map.entry("server.tomcat.connection-timeout", "10s"),
            // A person of several hundred teams, for whom the portal acts.
            Map.entry("server.max-http-request-header-size", "32KB"),
            Map.entry("management.endpoints.web.exposure.include", "health,info,prometheus"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.endpoint.health.show-components", "always"),
            Map.entry("management.endpoint.health.show-details", "always"),
            Map.entry("management.endpoint.health.validate-group-membership", "false"),
            // Liveness asks nobody else: a restart heals no broker.
            Map.entry("management.endpoint.health.group.liveness.include", "livenessState"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,kafka,schemaRegistry"),
            // Of what strangers say about their trace, only the W3C header counts, and nothing that can grow.
            Map.entry("management.tracing.propagation.type", "w3c"),
            Map.entry("management.tracing.baggage.enabled", "false"),
            // Steps within a request that nobody asks about, on the path that a sender waits for.
            Map.entry("management.observations.enable.spring.security", "false"),
            Map.entry("management.observations.enable.spring.cloud.function", "false"),
            Map.entry("spring.kafka.consumer.isolation-level", "read_committed"),
            Map.entry("spring.kafka.consumer.auto-offset-reset", "earliest"),
            Map.entry("spring.kafka.consumer.enable-auto-commit", "false"),
            // What an instance read that died is taken over after ten seconds and not after 45.
            Map.entry("spring.kafka.consumer.properties.session.timeout.ms", "10000"),
            Map.entry("spring.cloud.stream.kafka.binder.auto-create-topics", "false"),
            Map.entry("spring.cloud.stream.kafka.streams.binder.auto-create-topics", "false"),
            // Further lines of a message stand back: what a stranger sends cannot look like a line of ours.
            Map.entry(
                    "logging.pattern.console",
                    "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %5p %-40.40logger{39} : "
                            + "%replace(%replace(%m){'\\r',''}){'\\n','$0    '}%n%wEx"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var properties = new HashMap<String, Object>(DEFAULTS);
        var port = managementPort(environment.getProperty("server.port"));
        if (port != null) {
            properties.put("management.server.port", port);
        }
        environment.getPropertySources().addLast(new MapPropertySource("muster service defaults", properties));
    }

    /// The service's port and a thousand; any free one beside any free one.
    private static @Nullable Integer managementPort(@Nullable String serverPort) {
        if (serverPort == null || !serverPort.matches("\\d{1,5}")) {
            return null;
        }
        var port = Integer.parseInt(serverPort);
        return port == 0 ? 0 : port + MANAGEMENT_OFFSET;
    }

    /// Last, when the service's own files have been read.
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
