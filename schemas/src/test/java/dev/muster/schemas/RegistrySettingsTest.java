package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class RegistrySettingsTest {

    @Test
    void hasTheseDefaults() {
        assertThat(RegistrySettings.from(Map.of("schema.registry.url", "http://one:8081/")))
                .isEqualTo(new RegistrySettings(
                        List.of("http://one:8081"),
                        null,
                        null,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        3,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(-1)));
    }

    @Test
    void readsEveryProperty() {
        assertThat(RegistrySettings.from(Map.ofEntries(
                        Map.entry("schema.registry.url", "http://one:8081, http://two:8081/apis/ccompat/v7"),
                        Map.entry("basic.auth.credentials.source", "USER_INFO"),
                        Map.entry("basic.auth.user.info", "me:hunter2"),
                        Map.entry("schema.registry.ssl.truststore.location", "/etc/trust.pem"),
                        Map.entry("schema.registry.ssl.truststore.password", "t"),
                        Map.entry("schema.registry.ssl.truststore.type", "PEM"),
                        Map.entry("schema.registry.ssl.keystore.location", "/etc/key.p12"),
                        Map.entry("schema.registry.ssl.keystore.password", "k"),
                        Map.entry("schema.registry.ssl.keystore.type", "PKCS12"),
                        Map.entry("schema.registry.ssl.key.password", "p"),
                        Map.entry("http.connect.timeout.ms", "1"),
                        Map.entry("http.read.timeout.ms", 2),
                        Map.entry("max.retries", "3"),
                        Map.entry("retries.wait.ms", "4"),
                        Map.entry("retries.max.wait.ms", "5"),
                        Map.entry("latest.cache.ttl.sec", "6"),
                        Map.entry("unrelated", "7"))))
                .isEqualTo(new RegistrySettings(
                        List.of("http://one:8081", "http://two:8081/apis/ccompat/v7"),
                        new Password("Basic bWU6aHVudGVyMg=="),
                        new RegistryTls(
                                new RegistryTls.Store(
                                        "schema.registry.ssl.truststore.location",
                                        "/etc/trust.pem",
                                        new Password("t"),
                                        "PEM"),
                                new RegistryTls.Store(
                                        "schema.registry.ssl.keystore.location",
                                        "/etc/key.p12",
                                        new Password("k"),
                                        "PKCS12"),
                                new Password("p")),
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        3,
                        Duration.ofMillis(4),
                        Duration.ofMillis(5),
                        Duration.ofSeconds(6)));
    }

    @Test
    void leavesKafkasTlsToKafka() {
        assertThat(RegistrySettings.from(Map.of(
                                "schema.registry.url", "http://one", "ssl.truststore.location", "/etc/kafka.jks"))
                        .tls())
                .isNull();
    }

    @Test
    void readsPropertiesWithTheirPrefixToo() {
        assertThat(authorization(Map.of(
                        "schema.registry.url", "http://one",
                        "schema.registry.basic.auth.credentials.source", "USER_INFO",
                        "schema.registry.basic.auth.user.info", "me:hunter2")))
                .isEqualTo("Basic bWU6aHVudGVyMg==");
    }

    @Test
    void takesTheCredentialOfTheAddress() {
        var config = Map.of("schema.registry.url", "http://me:hunter2@one:8081");
        assertThat(authorization(config)).isEqualTo("Basic bWU6aHVudGVyMg==");
        assertThat(RegistrySettings.from(config).urls()).containsExactly("http://one:8081");
    }

    @Test
    void takesABearerToken() {
        assertThat(authorization(Map.of(
                        "schema.registry.url", "http://one",
                        "bearer.auth.credentials.source", "STATIC_TOKEN",
                        "bearer.auth.token", "t0ken")))
                .isEqualTo("Bearer t0ken");
    }

    @Test
    void namesThePropertyThatIsMissing() {
        assertThatThrownBy(() -> RegistrySettings.from(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
        assertThatThrownBy(() -> RegistrySettings.from(Map.of("schema.registry.url", "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
        assertThatThrownBy(() -> RegistrySettings.from(
                        Map.of("schema.registry.url", "http://one", "basic.auth.credentials.source", "USER_INFO")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("basic.auth.user.info is needed with basic.auth.credentials.source=USER_INFO");
    }

    @Test
    void namesThePropertyThatIsWrong() {
        assertThatThrownBy(() -> RegistrySettings.from(
                        Map.of("schema.registry.url", "http://one", "basic.auth.credentials.source", "SASL_INHERIT")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("basic.auth.credentials.source")
                .hasMessageContaining("URL, USER_INFO");
        assertThatThrownBy(
                        () -> RegistrySettings.from(Map.of("schema.registry.url", "http://one", "max.retries", "-1")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("max.retries");
    }

    @Test
    void neverPrintsASecret() {
        assertThat(RegistrySettings.from(Map.of("schema.registry.url", "http://me:hunter2@one:8081")))
                .asString()
                .doesNotContain("hunter2", "bWU6aHVudGVyMg");
        assertThatThrownBy(() -> RegistrySettings.from(Map.of("schema.registry.url", "me:hunter2@one:8081")))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> RegistrySettings.from(Map.of("schema.registry.url", "http://me:hunter 2@one:8081")))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("hunter");
    }

    private static String authorization(Map<String, String> config) {
        var authorization = RegistrySettings.from(config).authorization();
        assertThat(authorization).isNotNull();
        return authorization.value();
    }
}
