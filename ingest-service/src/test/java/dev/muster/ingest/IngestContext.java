package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.json.CanonicalJson;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Starts the whole service on free ports.
final class IngestContext {

    private IngestContext() {}

    static ConfigurableApplicationContext start(TestBroker broker, TestRegistry registry, String... more) {
        var builder = new SpringApplicationBuilder(IngestApplication.class)
                .properties("spring.jmx.enabled=false")
                .registerShutdownHook(false);
        var arguments = new ArrayList<String>();
        arguments.add("--server.port=0");
        arguments.add("--management.server.port=0");
        arguments.add("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
        arguments.add("--spring.kafka.properties.schema.registry.url=" + registry.url());
        arguments.add("--muster.topics.partitions=2");
        arguments.add("--muster.token=" + Http.TOKEN);
        arguments.add("--muster.tokens[0].name=ci");
        arguments.add("--muster.tokens[0].sha256=" + CanonicalJson.sha256(Http.EDITOR_TOKEN.getBytes(UTF_8)));
        arguments.add("--muster.tokens[0].roles=editor");
        arguments.add("--muster.connections.github.secret=" + Http.SECRET);
        arguments.add("--muster.connections.github.previous-secret=the one before");
        arguments.add("--muster.connections.alertmanager.secret=bearer-of-alerts");
        arguments.addAll(List.of(more));
        return builder.run(arguments.toArray(String[]::new));
    }

    static int port(ConfigurableApplicationContext context) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    static int managementPort(ConfigurableApplicationContext context) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }
}
