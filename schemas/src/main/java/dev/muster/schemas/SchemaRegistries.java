package dev.muster.schemas;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigException;

/// Opens the registry that a Kafka configuration names.
///
/// `schema.registry.url` is one address, several separated by commas (asked in turn until one answers), or
/// `mock://scope`: a registry in memory that all of this JVM share by its scope, as with Confluent's clients.
public final class SchemaRegistries {

    private static final String MOCK = "mock://";
    private static final Map<String, SchemaRegistry> MOCKS = new ConcurrentHashMap<>();

    private SchemaRegistries() {}

    /// The registry of this configuration, not asked anything yet.
    ///
    /// @throws ConfigException when a property is missing or wrong; the message names it
    public static SchemaRegistry from(Map<String, ?> kafkaConfig) {
        var settings = RegistrySettings.from(kafkaConfig);
        if (settings.urls().stream().noneMatch(url -> url.startsWith(MOCK))) {
            return new HttpSchemaRegistry(settings);
        }
        if (settings.urls().size() > 1) {
            throw new ConfigException(RegistrySettings.URL, settings.urls(), "a mock:// address stands alone");
        }
        return MOCKS.computeIfAbsent(settings.urls().getFirst(), InMemorySchemaRegistry::new);
    }
}
