package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.connection.Verifier;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertmanagerSourceTest extends SourceKit {

    AlertmanagerSourceTest() {
        super("alertmanager");
    }

    @Override
    protected Map<String, String> proof(String secret, byte[] body) {
        return Map.of("Authorization", "Bearer " + secret);
    }

    @Override
    protected boolean coversTheBody() {
        return false;
    }

    @Override
    protected Map<String, String> headersOf(Path file) {
        return Map.of("User-Agent", "Alertmanager/0.28.0");
    }

    @Test
    void takesBasicAuthenticationToo() {
        var verifier = new Verifier(definition().authentication(), List.of(SECRET));
        var basic = "Basic " + Base64.getEncoder().encodeToString(("anybody:" + SECRET).getBytes(UTF_8));
        var wrong = "Basic " + Base64.getEncoder().encodeToString("anybody:else".getBytes(UTF_8));

        assertThat(verifier.isGenuine(_ -> List.of(basic), new byte[0])).isTrue();
        assertThat(verifier.isGenuine(_ -> List.of(wrong), new byte[0])).isFalse();
        assertThat(verifier.isGenuine(_ -> List.of("Basic ???"), new byte[0])).isFalse();
    }
}
