package dev.muster.ingest.connection;

import dev.muster.ingest.reconcile.ReconcileSettings;
import dev.muster.ingest.scim.ScimSettings;
import dev.muster.ingest.settings.IngestSettings;
import dev.muster.ingest.waiver.ExemptionSettings;
import dev.muster.testkit.GeneratedPage;
import dev.muster.testkit.SettingsTable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;

class ConfigurationPageTest {

    @Test
    void tellsEverySettingOfIngest() {
        new GeneratedPage("configuration.md")
                .section(
                        "ingest-service",
                        new SettingsTable()
                                .with("muster.ingest", byDefault("muster.ingest", IngestSettings.class))
                                .with("muster.exemptions", byDefault("muster.exemptions", ExemptionSettings.class))
                                .with("muster.scim", byDefault("muster.scim", ScimSettings.class))
                                .withNamed("muster.connections", ConnectionSettings.class)
                                .withNamed("muster.reconcile", ReconcileSettings.class)
                                .text());
    }

    /// As the service starts when nobody sets anything.
    private static <T> T byDefault(String prefix, Class<T> type) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return Binder.get(environment).bindOrCreate(prefix, type);
    }
}
