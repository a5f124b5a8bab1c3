package dev.muster.portal.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.portal.Story;
import dev.muster.testkit.TestPostgres;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A database that no longer answers, and does not say so either.
class FrozenDatabaseTest {

    /// What whoever asks a process to end waits before it kills it.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void doesNotKeepAPortalFromEnding() {
        try (var postgres = TestPostgres.start()) {
            var portal = Portal.another("frozen", postgres.newDatabase());
            postgres.pause();
            portal.tell(
                    portal.topics().catalog(),
                    "component:default/frozen",
                    Story.component("frozen", "group:default/x", 1));
            await("readiness is off")
                    .until(() -> portal.manage("/actuator/health/readiness").statusCode() == 503);

            assertThat(CompletableFuture.runAsync(portal::close)).succeedsWithin(PATIENCE);
            postgres.resume();
        }
    }
}
