package dev.muster.ingest.connection;

import dev.muster.ingest.source.Sources;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Reads `muster.connections.*`. An unknown property stops the start. Every source is also a connection of
/// its name, as soon as `MUSTER_SECRET_NAME` holds a secret.
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
        var all = new TreeMap<>(ofVariables(environment, sources));
        all.putAll(settings);
        var connections = Connections.of(all, sources);
        var names = connections.all().stream()
                .map(connection ->
                        connection.name() + " (" + connection.source().name() + ")")
                .sorted()
                .toList();
        LoggerFactory.getLogger(Connections.class).info("connections that have a secret: {}", names);
        return connections;
    }

    private static Map<String, ConnectionSettings> ofVariables(Environment environment, Sources sources) {
        var found = new TreeMap<String, ConnectionSettings>();
        for (var source : sources.all()) {
            var variable = ConnectionSettings.variable(source.name());
            var secret = environment.getProperty(variable);
            found.put(
                    source.name(),
                    new ConnectionSettings(source.name(), secret, environment.getProperty(variable + "_PREVIOUS")));
        }
        return found;
    }
}
