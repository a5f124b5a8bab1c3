package dev.muster.notifier.delivery;

import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Ending;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.silence.Snooze;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages that templates are tried with before they are used: between them one of everything.
public final class Samples {

    private Samples() {}

    /// A regression that tells all that one can tell.
    public static Envelope regression() {
        return envelope(message(Direction.REGRESSION, null, true), "It came to the fallback.");
    }

    /// A regression, a recovery of a part, and a reminder.
    public static List<Envelope> all() {
        return List.of(
                regression(),
                envelope(message(Direction.RECOVERY, "a regressed", false), null),
                envelope(message(Direction.REMINDER, null, true), null));
    }

    private static Envelope envelope(Message message, @Nullable String notice) {
        return new Envelope(
                "n1",
                "n1",
                "example",
                null,
                notice,
                message,
                false,
                null,
                null,
                List.of(),
                message.direction() == Direction.REGRESSION
                        ? List.of(new Snooze("1 day", "https://muster.example/v1/snooze"))
                        : List.of(),
                Instant.EPOCH);
    }

    private static Message message(Direction direction, @Nullable String ends, boolean complete) {
        var rule = new Message.Rule("Rule \"one\"", "PASS → FAIL", "It fails.", "Mend it.", "https://muster.example/r");
        var item = new Message.Item(
                "component:default/a",
                "a",
                "Production readiness",
                "silver → bronze",
                true,
                "84 → 61",
                List.of(rule),
                1,
                "https://muster.example/entities/component:default/a");
        return new Message(
                direction,
                "a changed",
                "a changed",
                "group:default/a",
                List.of(item),
                1,
                "https://muster.example/",
                new Message.Why("something was reported", "somebody", "d1", "https://tool.example/", Instant.EPOCH),
                ends,
                complete,
                direction == Direction.RECOVERY ? Ending.RECOVERED : null,
                Instant.EPOCH);
    }
}
