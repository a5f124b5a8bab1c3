package dev.muster.notifier.message;

import static dev.muster.notifier.transition.Examples.NOON;
import static dev.muster.notifier.transition.Examples.PAYMENTS;
import static dev.muster.notifier.transition.Examples.TEAM;

import dev.muster.notifier.delivery.Envelope;
import dev.muster.notifier.message.Composer.Part;
import dev.muster.notifier.text.Links;
import dev.muster.notifier.transition.Examples;
import dev.muster.notifier.transition.Transition;
import java.net.URI;
import java.util.Arrays;
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
                java.util.List.of(new Part(transition, Set.of(unresolved))),
                Map.of(PAYMENTS, "payments"),
                root);
    }

    public static Message regression() {
        return regression(Examples.regressed("d-72d3162e"));
    }

    public static Envelope envelope(Message message, String destination, @Nullable String address) {
        return new Envelope("n1", "n1", destination, address, null, message, false, null, NOON);
    }

    public static Envelope answer(Message message, String destination, @Nullable String address, @Nullable String ref) {
        return new Envelope("n2", "n1", destination, address, null, message, false, ref, NOON);
    }

    public static Envelope plain(Envelope it) {
        return new Envelope(
                it.notificationId(),
                it.threadId(),
                it.destination(),
                it.address(),
                it.notice(),
                it.message(),
                true,
                it.threadRef(),
                it.createdAt());
    }

    public static Envelope noticed(Envelope it, String notice) {
        return new Envelope(
                it.notificationId(),
                it.threadId(),
                it.destination(),
                it.address(),
                notice,
                it.message(),
                it.plain(),
                it.threadRef(),
                it.createdAt());
    }
}
