package dev.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.789Z");

    @Test
    void isSignedAsGitHubDocumentsIt() {
        assertThat(Webhook.github("push", "Hello, World!".getBytes(UTF_8), "It's a Secret to Everybody"))
                .containsEntry("X-GitHub-Event", "push")
                .containsEntry(
                        "X-Hub-Signature-256",
                        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
                .containsKey("X-GitHub-Delivery");
    }

    @Test
    void happensNowAndKeepsTheDistancesBetweenItsTimes() {
        var payload =
                "{\"created_at\":\"2024-01-01T00:00:00Z\",\"fixed_at\":\"2024-01-02T00:00:05Z\",\"note\":\"x 2024-01-01T00:00:00Z\"}";
        assertThat(new String(Webhook.asOf(NOW, payload.getBytes(UTF_8)), UTF_8))
                .isEqualTo(
                        "{\"created_at\":\"2026-11-22T11:59:55Z\",\"fixed_at\":\"2026-11-23T12:00:00Z\",\"note\":\"x 2024-01-01T00:00:00Z\"}");
    }

    @Test
    void withoutTimesStaysAsItIs() {
        var payload = "{\"a\":1}".getBytes(UTF_8);
        assertThat(Webhook.asOf(NOW, payload)).isEqualTo(payload);
    }
}
