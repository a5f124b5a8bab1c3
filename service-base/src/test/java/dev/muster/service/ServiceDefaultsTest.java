package dev.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ServiceDefaultsTest {

    @Test
    void putsManagementAThousandPortsBehindTheService() {
        assertThat(with("server.port", "8090", "management.server.port")).isEqualTo("9090");
        assertThat(with("server.port", "0", "management.server.port")).isEqualTo("0");
        assertThat(with("other", "x", "management.server.port")).isNull();
    }

    @Test
    void givesWayToWhatAServiceSets() {
        assertThat(with("server.shutdown", "immediate", "server.shutdown")).isEqualTo("immediate");
        assertThat(with("other", "x", "server.shutdown")).isEqualTo("graceful");
    }

    @Test
    void readsOnlyWhatIsCommitted() {
        assertThat(with("other", "x", "spring.kafka.consumer.isolation-level")).isEqualTo("read_committed");
    }

    private static @Nullable String with(String name, String value, String asked) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, value)));
        new ServiceDefaults().postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty(asked);
    }
}
