package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.muster.ingest.json.CanonicalJson;
import dev.muster.testkit.TestBroker;
import dev.muster.testkit.TestRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// Starts the whole service on free ports, and waits until it is ready.
final class IngestContext {

    private IngestContext() {}

    static ConfigurableApplicationContext start(TestBroker broker, TestRegistry registry, String... more) {
        return start(broker, registry, InstantSource.system(), more);
    }

    static ConfigurableApplicationContext start(
            TestBroker broker, TestRegistry registry, InstantSource clock, String... more) {
        var builder = new SpringApplicationBuilder(IngestApplication.class)
                .properties("spring.jmx.enabled=false")
                .initializers(
                        context -> ((GenericApplicationContext) context).registerBean(InstantSource.class, () -> clock))
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
        var context = builder.run(arguments.toArray(String[]::new));
        var management = new Http(managementPort(context));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> management
                                .send(management
                                        .to("/actuator/health/readiness")
                                        .GET())
                                .statusCode()
                        == 200);
        return context;
    }

    static int port(ConfigurableApplicationContext context) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    static int managementPort(ConfigurableApplicationContext context) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }
}
