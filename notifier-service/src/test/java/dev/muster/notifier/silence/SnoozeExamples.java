package dev.muster.notifier.silence;

import dev.muster.notifier.text.LinkSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Follows links that snooze, as a browser does.
public record SnoozeExamples(JdbcClient db, Silences silences, InstantSource clock, String secret) {

    public static final String ROOT = "https://muster.example";

    private SnoozeController controller() {
        var settings = SnoozeSettings.of(URI.create(ROOT), secret, Duration.ofDays(14));
        return new SnoozeController(
                new SnoozeLinks(settings), new Snoozing(db, silences, new SilenceSettings(Duration.ofDays(90))), clock);
    }

    public ResponseEntity<String> look(String token) {
        return controller().ask(token);
    }

    public ResponseEntity<String> press(String token, String reason) {
        return controller().snooze(token, reason);
    }

    /// A token for `delivery` that works until `until`.
    public String token(long delivery, Instant until) {
        return LinkSecret.of("snooze", "secret", secret)
                .signed("%d.DAY.%d".formatted(delivery, until.getEpochSecond()));
    }
}
