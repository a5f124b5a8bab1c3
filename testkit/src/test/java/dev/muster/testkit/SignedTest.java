package dev.muster.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignedTest {

    @Test
    void signsAsGitHubDocumentsIt() {
        // The example of GitHub's page on validating webhook deliveries.
        assertThat(Signed.github("It's a Secret to Everybody", "Hello, World!".getBytes(UTF_8)))
                .isEqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @Test
    void namesTheEventAndTheDelivery() {
        assertThat(Signed.githubHeaders("secret", "push", "d-1", new byte[0]))
                .containsEntry("X-GitHub-Event", "push")
                .containsEntry("X-GitHub-Delivery", "d-1")
                .containsKey("X-Hub-Signature-256");
    }
}
