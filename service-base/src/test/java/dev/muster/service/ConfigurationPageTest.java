package dev.muster.service;

import dev.muster.testkit.GeneratedPage;
import dev.muster.testkit.SettingsTable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;

class ConfigurationPageTest {

    @Test
    void tellsEverySettingOfEveryService() {
        new GeneratedPage("configuration.md")
                .section(
                        "every service",
                        new SettingsTable()
                                .with("muster", byDefault("muster", TokenSettings.class))
                                .with("muster.acting", byDefault("muster.acting", ActingSettings.class))
                                .with("muster.topics", byDefault("muster.topics", TopicsSettings.class))
                                .with("muster.producer", byDefault("muster.producer", ProducerSettings.class))
                                .with("muster.http", byDefault("muster.http", HttpSettings.class))
                                .with("muster.json", byDefault("muster.json", JsonSettings.class))
                                .with("muster.security", byDefault("muster.security", SecuritySettings.class))
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
