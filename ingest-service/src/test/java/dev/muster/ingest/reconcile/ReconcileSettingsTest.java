package dev.muster.ingest.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class ReconcileSettingsTest {

    private static Map<String, ReconcileSettings> read(String settings) {
        var environment = new MockEnvironment();
        Arrays.stream(settings.split(" "))
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(it -> it[0], it -> it[1]))
                .forEach((name, value) -> environment.setProperty("muster.reconcile.github." + name, value));
        return ReconcileConfiguration.reconciled(environment).byConnection();
    }

    @Test
    void areOffWithoutCredentials() {
        assertThat(read("organizations=acme token= app-id=")).isEmpty();
    }

    @Test
    void haveDefaultsAndTellNoToken() {
        var settings = read("organizations=acme,umbrella token=ghp_secret").get("github");

        assertThat(settings.url()).hasToString("https://api.github.com");
        assertThat(settings.organizations()).containsExactly("acme", "umbrella");
        assertThat(settings.timeOfDay()).isEqualTo(LocalTime.of(2, 0));
        assertThat(settings.coalesce()).hasSeconds(2);
        assertThat(settings.redeliverEvery()).hasMinutes(5);
        assertThat(settings.redeliveries()).isEqualTo(3);
        assertThat(settings.concurrency()).isEqualTo(4);
        assertThat(settings.within()).hasSeconds(30);
        assertThat(settings.toString()).doesNotContain("ghp_secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    token=x | muster.reconcile.github.organizations is missing
                    token=x organizations=a/b | muster.reconcile.github.organizations: 'a/b' is no login
                    token=x app-id=1 organizations=acme | give a token or an app-id
                    app-id=1 organizations=acme | muster.reconcile.github.private-key-file is missing
                    token=x organizations=acme daily-at=2pm | muster.reconcile.github.daily-at must be a time of day such as 02:00
                    token=x organizations=acme coalesce=0s | muster.reconcile.github.coalesce must be above zero
                    token=x organizations=acme redeliveries=-1 | muster.reconcile.github.redeliveries must be 0 or more
                    token=x organizations=acme concurrency=21 | muster.reconcile.github.concurrency must be from 1 to 20
                    """)
    void nameThePropertyThatIsWrong(String settings, String message) {
        assertThatThrownBy(() -> read(settings)).hasMessageContaining(message);
    }

    @Test
    void knowEveryProperty() {
        assertThatThrownBy(() -> read("token=x organizations=acme tokem=y"))
                .hasRootCauseMessage("The elements [muster.reconcile.github.tokem] were left unbound.");
    }
}
