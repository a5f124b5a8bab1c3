package dev.muster.ingest.waiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ExemptionSettingsTest {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(EnableSettings.class);

    @Test
    void hasThisDefault() {
        context.run(
                it -> assertThat(it.getBean(ExemptionSettings.class).longest()).isEqualTo(Duration.ofDays(180)));
    }

    @Test
    void readsItsProperty() {
        context.withPropertyValues("muster.exemptions.longest=30d")
                .run(it -> assertThat(it.getBean(ExemptionSettings.class).longest())
                        .isEqualTo(Duration.ofDays(30)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1d", "366d"})
    void namesThePropertyThatIsWrong(String longest) {
        context.withPropertyValues("muster.exemptions.longest=" + longest)
                .run(it -> assertThat(it)
                        .getFailure()
                        .rootCause()
                        .hasMessage("muster.exemptions.longest must be above zero and at most 365d"));
    }

    @Test
    void stopsTheStartForAnUnknownProperty() {
        context.withPropertyValues("muster.exemptions.longst=1d")
                .run(it -> assertThat(it).getFailure().rootCause().hasMessageContaining("longst"));
    }

    @EnableConfigurationProperties(ExemptionSettings.class)
    static class EnableSettings {}
}
