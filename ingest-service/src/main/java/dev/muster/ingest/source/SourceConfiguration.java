package dev.muster.ingest.source;

import dev.muster.engine.definition.DefinitionException;
import dev.muster.engine.library.Framework;
import dev.muster.ingest.payload.Payloads;
import dev.muster.ingest.settings.IngestSettings;
import dev.muster.service.StrictJson;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Reads the framework and all source definitions at the start. A mistake stops it, with every mistake in
/// the message.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestSettings.class)
class SourceConfiguration {

    @Bean
    Framework framework(IngestSettings settings) throws DefinitionException {
        var shipped = Framework.fromClassPath();
        return settings.frameworkDir() == null ? shipped : shipped.and(settings.frameworkDir());
    }

    @Bean
    SourceLibrary sources(Framework framework, IngestSettings settings, InstantSource clock)
            throws IOException, DefinitionException {
        return SourceLibrary.open(framework.facts(), settings.sourcesDir(), clock);
    }

    @Bean
    DeliveryIds deliveryIds(StrictJson json) {
        return new DeliveryIds(new Payloads(json));
    }

    @Bean
    Mapper mapper(Framework framework, StrictJson json) {
        return new Mapper(framework.facts(), json);
    }
}
