package dev.muster.portal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.portal.Portal;
import dev.muster.schemas.v1.ConnectionStatus;
import dev.muster.schemas.v1.Trouble;
import dev.muster.schemas.v1.UnmappedEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionPageTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T06:00:00Z");
    private static final Portal PORTAL = Portal.shared();

    @Test
    void putsWhatSomebodyHasToCareAboutOnTopWithWhatToDo() {
        tell(status("c-good").setAccepted(120L).setLastAcceptedAt(MORNING).build());
        tell(status("c-never").build());
        tell(status("c-silent")
                .setLastAcceptedAt(MORNING)
                .setSilentSince(MORNING)
                .build());
        tell(status("c-refused")
                .setLastAcceptedAt(MORNING)
                .setRejected(4L)
                .setRejectingSince(MORNING)
                .setLastRejected(new Trouble(MORNING, "the signature is wrong"))
                .setUnmapped(List.of(new UnmappedEvent("star", 2L, MORNING), new UnmappedEvent("fork", 9L, MORNING)))
                .build());

        await().untilAsserted(() -> assertThat(names()).contains("c-good", "c-never", "c-silent", "c-refused"));
        assertThat(names()).containsSubsequence("c-refused", "c-silent", "c-never", "c-good");
        assertThat(PORTAL.get("/connections").body())
                .contains("Rejecting", "Compare the secret", "the signature is wrong", "2 event types")
                .contains("Never", "Nothing received yet. Set up the webhook")
                .contains("/deliveries?connection=c-refused");
        assertThat(PORTAL.json("/api/v1/connections")
                        .path("items")
                        .path(names().indexOf("c-refused"))
                        .path("details")
                        .path("unmapped")
                        .path(0)
                        .path("event")
                        .asString())
                .isEqualTo("fork");
    }

    @Test
    void forgetsAConnectionThatIsGone() {
        tell(status("c-gone").build());
        await().untilAsserted(() -> assertThat(names()).contains("c-gone"));
        PORTAL.tell(PORTAL.topics().connections(), "c-gone", null);
        await().untilAsserted(() -> assertThat(names()).doesNotContain("c-gone"));
    }

    private static List<String> names() {
        return PORTAL.texts(PORTAL.json("/api/v1/connections").path("items"), "name");
    }

    private static void tell(ConnectionStatus status) {
        PORTAL.tell(PORTAL.topics().connections(), status.getName(), status);
    }

    private static ConnectionStatus.Builder status(String name) {
        return ConnectionStatus.newBuilder().setName(name).setSource("github");
    }
}
