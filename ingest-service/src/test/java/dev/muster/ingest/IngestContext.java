package dev.muster.ingest;

import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Starts the whole service on free ports.
final class IngestContext {

    private IngestContext() {}

    static ConfigurableApplicationContext start(TestBroker broker, TestRegistry registry, String... more) {
        var builder = new SpringApplicationBuilder(IngestApplication.class)
                .properties("spring.jmx.enabled=false")
                .registerShutdownHook(false);
        var arguments = new java.util.ArrayList<String>();
        arguments.add("--server.port=0");
        arguments.add("--management.server.port=0");
        arguments.add("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
        arguments.add("--spring.kafka.properties.schema.registry.url=" + registry.url());
        arguments.add("--muster.topics.partitions=2");
        arguments.add("--muster.token=" + Http.TOKEN);
        arguments.add("--muster.connections.github.secret=" + Http.SECRET);
        arguments.add("--muster.connections.github.previous-secret=the one before");
        arguments.add("--muster.connections.alertmanager.secret=bearer-of-alerts");
        arguments.addAll(java.util.List.of(more));
        return builder.run(arguments.toArray(String[]::new));
    }

    static int port(ConfigurableApplicationContext context) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    static int managementPort(ConfigurableApplicationContext context) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }
}
