package dev.muster.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/// What an operator may set for every service.
class SettingsTest {

    private static final String DIGEST = "a".repeat(64);

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(EnableSettings.class);

    @Test
    void haveTheseDefaults() {
        context.run(it -> {
            assertThat(it.getBean(TopicsSettings.class))
                    .isEqualTo(new TopicsSettings(6, -1, true, Duration.ofSeconds(60)));
            assertThat(it.getBean(ProducerSettings.class))
                    .isEqualTo(new ProducerSettings(
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(6),
                            Duration.ofMillis(2500),
                            DataSize.ofMegabytes(64)));
            assertThat(it.getBean(HttpSettings.class)).isEqualTo(new HttpSettings(DataSize.ofMegabytes(25), List.of()));
            assertThat(it.getBean(JsonSettings.class)).isEqualTo(JsonSettings.defaults());
            assertThat(it.getBean(SecuritySettings.class)).isEqualTo(new SecuritySettings(List.of()));
            assertThat(it.getBean(TokenSettings.class)).isEqualTo(new TokenSettings(null, List.of()));
            assertThat(it.getBean(ActingSettings.class)).isEqualTo(new ActingSettings(null));
        });
    }

    @Test
    void readEveryProperty() {
        context.withPropertyValues(
                        "muster.topics.partitions=3",
                        "muster.topics.replication-factor=2",
                        "muster.topics.check-at-start=false",
                        "muster.topics.start-timeout=5s",
                        "muster.producer.max-block=1s",
                        "muster.producer.delivery-timeout=3s",
                        "muster.producer.request-timeout=2s",
                        "muster.producer.buffer-memory=40MB",
                        "muster.http.max-body=1MB",
                        "muster.http.unpacking-paths=/c/**",
                        "muster.json.max-nesting=1",
                        "muster.json.max-document=2B",
                        "muster.json.max-tokens=3",
                        "muster.json.max-string=4",
                        "muster.json.max-name=5",
                        "muster.json.max-number=6",
                        "muster.security.open-paths=/a,/b/**",
                        "muster.token=t0ken",
                        "muster.acting.token=a-token-to-act-for-others",
                        "muster.tokens[0].name=ci",
                        "muster.tokens[0].sha256=" + DIGEST,
                        "muster.tokens[0].roles=editor,viewer",
                        "muster.tokens[0].groups=group:default/payments,group:eu/sre",
                        "muster.tokens[0].duties=security,exemptions",
                        "muster.tokens[1].name=screen",
                        "muster.tokens[1].sha256=" + DIGEST)
                .run(it -> {
                    assertThat(it.getBean(TopicsSettings.class))
                            .isEqualTo(new TopicsSettings(3, 2, false, Duration.ofSeconds(5)));
                    assertThat(it.getBean(ProducerSettings.class))
                            .isEqualTo(new ProducerSettings(
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(3),
                                    Duration.ofSeconds(2),
                                    DataSize.ofMegabytes(40)));
                    assertThat(it.getBean(HttpSettings.class))
                            .isEqualTo(new HttpSettings(DataSize.ofMegabytes(1), List.of("/c/**")));
                    assertThat(it.getBean(JsonSettings.class))
                            .isEqualTo(new JsonSettings(1, DataSize.ofBytes(2), 3, 4, 5, 6));
                    assertThat(it.getBean(SecuritySettings.class))
                            .isEqualTo(new SecuritySettings(List.of("/a", "/b/**")));
                    assertThat(it.getBean(ActingSettings.class))
                            .isEqualTo(new ActingSettings("a-token-to-act-for-others"));
                    assertThat(it.getBean(TokenSettings.class))
                            .isEqualTo(new TokenSettings(
                                    "t0ken",
                                    List.of(
                                            new TokenSettings.Token(
                                                    "ci",
                                                    DIGEST,
                                                    Set.of(Role.EDITOR, Role.VIEWER),
                                                    Set.of("group:default/payments", "group:eu/sre"),
                                                    Set.of("security", "exemptions")),
                                            new TokenSettings.Token(
                                                    "screen", DIGEST, Set.of(Role.VIEWER), Set.of(), Set.of()))));
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            muster.topics.partitions=0 | muster.topics.partitions must be from 1 to 1000
            muster.topics.replication-factor=0 | muster.topics.replication-factor must be from 1 to 100, or -1 for the broker's default
            muster.topics.start-timeout=0s | muster.topics.start-timeout must be above zero
            muster.producer.max-block=-1s | muster.producer.max-block must not be negative
            muster.producer.request-timeout=0s | muster.producer.request-timeout must be above zero
            muster.producer.delivery-timeout=2500ms | muster.producer.delivery-timeout must be above muster.producer.request-timeout by 5 ms at least
            muster.producer.buffer-memory=32MB | muster.producer.buffer-memory must be at least 36MB
            muster.http.max-body=0 | muster.http.max-body must be above zero
            muster.http.unpacking-paths=c | muster.http.unpacking-paths must begin with a slash: c
            muster.json.max-nesting=0 | muster.json.max-nesting must be above zero
            muster.json.max-tokens=0 | muster.json.max-tokens must be above zero
            muster.security.open-paths=a | muster.security.open-paths must begin with a slash: a
            muster.acting.token=changeme | muster.acting.token must be a random one of 24 characters at least: whoever guesses it can be anybody
            muster.token=changeme | muster.token is a placeholder: set a random one
            muster.tokens[0].name=ci | muster.tokens[0].sha256 must be 64 hexadecimal digits
            muster.tokens[0].roles=viewer | muster.tokens[0].name is missing
            """)
    void nameThePropertyThatIsWrong(String property, String message) {
        context.withPropertyValues(property)
                .run(it -> assertThat(it).getFailure().rootCause().hasMessage(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            groups=payments | full references in lower case, such as group:default/payments, not 'payments'
            groups=group:default/a,group:Default/b | full references in lower case, such as group:default/payments, not 'group:Default/b'
            duties=Security | words of lower-case letters, digits and hyphens, at most 40 characters, not 'Security'
            duties=a2345678901234567890123456789012345678901 | words of lower-case letters, digits and hyphens, at most 40 characters, not 'a2345678901234567890123456789012345678901'
            """)
    void nameWhatACallerCannotBe(String setting, String message) {
        context.withPropertyValues(
                        "muster.tokens[0].name=ci", "muster.tokens[0].sha256=" + DIGEST, "muster.tokens[0]." + setting)
                .run(it -> assertThat(it)
                        .getFailure()
                        .rootCause()
                        .hasMessage("muster.tokens[0]." + setting.substring(0, 6) + " must be " + message));
    }

    @ParameterizedTest
    @CsvSource({
        "muster.topics.partition=1",
        "muster.producer.acks=0",
        "muster.json.depth=1",
        "muster.http.max=1",
        "muster.acting.tokens=1"
    })
    void stopAtAPropertyThatNobodyKnows(String property) {
        context.withPropertyValues(property)
                .run(it -> assertThat(it)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(property.substring(0, property.indexOf('='))));
    }

    @Test
    void areDescribedForEditorsAndDocumentation() throws IOException {
        try (var metadata = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            var properties = JsonMapper.shared().readTree(metadata).path("properties");
            assertThat(properties.values())
                    .hasSizeGreaterThan(15)
                    .allSatisfy(
                            property -> assertThat(property.path("description").asString(""))
                                    .as(property.path("name").asString())
                                    .isNotBlank());
        }
    }

    @Test
    void neverPrintASecret() {
        assertThat(new TokenSettings(
                        "hunter2", List.of(new TokenSettings.Token("ci", DIGEST, Set.of(), Set.of(), Set.of()))))
                .asString()
                .doesNotContain("hunter2", DIGEST)
                .contains("ci");
        assertThat(new ActingSettings("hunter2-hunter2-hunter2-hunter2"))
                .asString()
                .doesNotContain("hunter2");
    }

    @EnableConfigurationProperties({
        TopicsSettings.class,
        ProducerSettings.class,
        HttpSettings.class,
        JsonSettings.class,
        SecuritySettings.class,
        TokenSettings.class,
        ActingSettings.class
    })
    static class EnableSettings {}
}
