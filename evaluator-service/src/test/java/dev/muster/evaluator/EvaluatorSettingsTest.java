package dev.muster.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EvaluatorSettingsTest {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(EnableSettings.class);

    @Test
    void hasTheseDefaults() {
        context.run(it -> assertThat(it.getBean(EvaluatorSettings.class))
                .isEqualTo(new EvaluatorSettings(
                        Path.of(".muster/evaluator"),
                        1,
                        0,
                        null,
                        "classic",
                        Duration.ofMillis(50),
                        Duration.ofMillis(75),
                        Duration.ofSeconds(1),
                        1000,
                        Duration.ofMillis(400),
                        3,
                        null,
                        96)));
    }

    @Test
    void readsEveryProperty() {
        context.withPropertyValues(
                        "muster.evaluator.state-dir=/data",
                        "muster.evaluator.threads=4",
                        "muster.evaluator.standby-replicas=1",
                        "muster.evaluator.instance-id=evaluator-0",
                        "muster.evaluator.group-protocol=streams",
                        "muster.evaluator.commit-interval=20ms",
                        "muster.evaluator.tick=30ms",
                        "muster.evaluator.idle-tick=3s",
                        "muster.evaluator.batch=7",
                        "muster.evaluator.portion=90ms",
                        "muster.evaluator.replacements=9",
                        "muster.evaluator.framework-dir=/framework",
                        "muster.evaluator.store-memory=256")
                .run(it -> assertThat(it.getBean(EvaluatorSettings.class))
                        .isEqualTo(new EvaluatorSettings(
                                Path.of("/data"),
                                4,
                                1,
                                "evaluator-0",
                                "streams",
                                Duration.ofMillis(20),
                                Duration.ofMillis(30),
                                Duration.ofSeconds(3),
                                7,
                                Duration.ofMillis(90),
                                9,
                                Path.of("/framework"),
                                256)));
    }

    @Test
    void namesThePropertyThatIsWrong() {
        context.withPropertyValues("muster.evaluator.threads=0")
                .run(it -> assertThat(it)
                        .getFailure()
                        .rootCause()
                        .hasMessage("muster.evaluator.threads is 0, expected 1 or more"));
    }

    @Test
    void doesNotStartWithAPropertyThatItDoesNotKnow() {
        context.withPropertyValues("muster.evaluator.thread=3")
                .run(it -> assertThat(it).hasFailed());
    }

    @EnableConfigurationProperties(EvaluatorSettings.class)
    static class EnableSettings {}
}
