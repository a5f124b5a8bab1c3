package dev.muster.ingest.connection;

import dev.muster.ingest.source.Sources;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Reads `muster.connections.*`. An unknown property stops the start.
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    @Bean
    Connections connections(Environment environment, Sources sources) {
        var settings = Binder.get(environment)
                .bind(
                        "muster.connections",
                        Bindable.mapOf(String.class, ConnectionSettings.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .orElse(Map.of());
        var connections = Connections.of(settings, sources);
        var names = connections.all().stream()
                .map(connection ->
                        connection.name() + " (" + connection.source().name() + ")")
                .sorted()
                .toList();
        LoggerFactory.getLogger(Connections.class).info("connections that have a secret: {}", names);
        return connections;
    }
}
