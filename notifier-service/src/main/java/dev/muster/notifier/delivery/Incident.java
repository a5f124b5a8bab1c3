package dev.muster.notifier.delivery;

import dev.muster.notifier.delivery.Attempt.Accepted;
import dev.muster.notifier.delivery.Attempt.NotWanted;
import dev.muster.notifier.ledger.SuppressedBecause;
import dev.muster.notifier.message.Direction;
import java.util.List;
import java.util.function.Function;

/// What a message asks of a channel that keeps incidents: one for all that one message told first, which ends when all
/// of it has recovered.
///
/// @param key the same for all messages about it, so that the channel recognises one that comes twice
public record Incident(Step step, String key) {

    /// What becomes of an incident.
    public enum Step {
        /// Begins, or goes on when it has begun.
        OPEN,
        /// Is over.
        CLOSE,
        /// A part of it is over.
        TELL,
        /// There is none: somebody should hear of something, and nobody be woken.
        REMIND
    }

    /// What `envelope` asks for; nothing when it tells a regression that has recovered meanwhile. A digest also ends
    /// what
    /// an earlier message told.
    public static List<Incident> of(Envelope envelope) {
        var matters = envelope.matters();
        return switch (envelope.message().direction()) {
            case REMINDER -> List.of(incident(Step.REMIND, envelope.threadId()));
            case REPORT -> List.of();
            case REGRESSION ->
                matters.isEmpty()
                        ? List.of(incident(Step.OPEN, envelope.threadId()))
                        : matters.stream()
                                .filter(it -> it.open() || !it.id().equals(envelope.notificationId()))
                                .map(it -> incident(it.open() ? Step.OPEN : Step.CLOSE, it.id()))
                                .toList();
            case RECOVERY ->
                matters.isEmpty()
                        ? List.of(incident(Step.CLOSE, envelope.threadId()))
                        : matters.stream()
                                .map(it -> incident(it.open() ? Step.TELL : Step.CLOSE, it.id()))
                                .toList();
        };
    }

    private static Incident incident(Step step, String thread) {
        return new Incident(step, "muster-" + thread);
    }

    /// Takes each step of `envelope` until one fails. When it is tried again, those before are taken twice; their keys
    /// are the same.
    public static Attempt each(Envelope envelope, Function<Incident, Attempt> take) {
        if (envelope.message().direction() == Direction.REPORT) {
            return new NotWanted(SuppressedBecause.NOT_WANTED, "a report is nothing that somebody has to work on");
        }
        var incidents = of(envelope);
        if (incidents.isEmpty()) {
            return new NotWanted(SuppressedBecause.NO_LONGER_SO, "it has recovered before it could be told");
        }
        for (var incident : incidents) {
            var attempt = take.apply(incident);
            if (!(attempt instanceof Accepted)) {
                return attempt;
            }
        }
        return new Accepted();
    }
}
