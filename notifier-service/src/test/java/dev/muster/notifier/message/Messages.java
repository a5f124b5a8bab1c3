package dev.muster.notifier.message;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;

import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.delivery.Envelope.Matter;
import dev.muster.notifier.message.Composer.Part;
import dev.muster.notifier.silence.Snooze;
import dev.muster.notifier.text.Links;
import dev.muster.notifier.transition.Examples;
import dev.muster.notifier.transition.Transition;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Messages for tests.
public final class Messages {

    public static final Composer COMPOSER = new Composer(new Links(URI.create("https://muster.example")), 10);

    private Messages() {}

    public static Message regression(Transition... transitions) {
        return COMPOSER.compose(
                Direction.REGRESSION,
                TEAM,
                Arrays.stream(transitions).map(it -> new Part(it, Set.of())).toList(),
                Map.of(PAYMENTS, "payments"),
                null);
    }

    public static Message recovery(Message root, Transition transition, String... unresolved) {
        return COMPOSER.compose(
                Direction.RECOVERY,
                TEAM,
                List.of(new Part(transition, Set.of(unresolved))),
                Map.of(PAYMENTS, "payments"),
                root);
    }

    public static Message regression() {
        return regression(Examples.regressed("d-72d3162e"));
    }

    public static Envelope envelope(Message message, String destination, @Nullable String address) {
        return envelope("n1", message, destination, address, null, null);
    }

    public static Envelope answer(Message message, String destination, @Nullable String address, @Nullable String ref) {
        return envelope("n2", message, destination, address, ref, regression());
    }

    private static Envelope envelope(
            String id,
            Message message,
            String destination,
            @Nullable String address,
            @Nullable String ref,
            @Nullable Message root) {
        return new Envelope(
                id,
                "n1",
                destination,
                address,
                null,
                message,
                false,
                ref,
                root,
                matters(message.direction()),
                List.of(),
                NOON);
    }

    private static List<Matter> matters(Direction direction) {
        return switch (direction) {
            case REGRESSION -> List.of(new Matter("n1", true));
            case RECOVERY -> List.of(new Matter("n1", false));
            case REMINDER, REPORT -> List.of();
        };
    }

    public static Envelope plain(Envelope it) {
        return it.inPlain();
    }

    public static Envelope noticed(Envelope it, String notice) {
        return copy(it, notice, it.matters(), it.snoozes());
    }

    public static Envelope about(Envelope it, Matter... matters) {
        return copy(it, it.notice(), List.of(matters), it.snoozes());
    }

    public static Envelope snoozable(Envelope it) {
        var link = "https://muster.example/v1/snooze?t=7.DAY.1.x";
        return copy(it, it.notice(), it.matters(), List.of(new Snooze("1 day", link)));
    }

    private static Envelope copy(Envelope it, @Nullable String notice, List<Matter> matters, List<Snooze> snoozes) {
        return new Envelope(
                it.notificationId(),
                it.threadId(),
                it.destination(),
                it.address(),
                notice,
                it.message(),
                it.plain(),
                it.threadRef(),
                it.root(),
                matters,
                snoozes,
                it.createdAt());
    }
}
