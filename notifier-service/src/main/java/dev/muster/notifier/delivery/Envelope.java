package dev.muster.notifier.delivery;

import dev.muster.notifier.message.Direction;
import dev.muster.notifier.message.Message;
import dev.muster.notifier.silence.Snooze;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message for one destination.
///
/// @param notificationId the same in every attempt, so that a duplicate can be recognised
/// @param threadId the notification that began the thread; the same as the id when this one does
/// @param destination name of the destination
/// @param address mail address, for channels that need one
/// @param notice what to say above the message
/// @param plain whether the plain form is wanted, because the channel refused the other
/// @param threadRef what the channel calls the message that began the thread
/// @param root what that message said, when this one answers it and it is still known
/// @param matters what it is about, as far as that is still known
/// @param snoozes links that silence what it tells for a while; none in what tells no regression
/// @param createdAt when the delivery was put in the queue; the same in every attempt
public record Envelope(
        String notificationId,
        String threadId,
        String destination,
        @Nullable String address,
        @Nullable String notice,
        Message message,
        boolean plain,
        @Nullable String threadRef,
        @Nullable Message root,
        List<Matter> matters,
        List<Snooze> snoozes,
        Instant createdAt) {

    public Envelope {
        matters = List.copyOf(matters);
        snoozes = List.copyOf(snoozes);
    }

    /// What one message told first, from its regressions to their recoveries.
    ///
    /// @param id the notification that told it first
    /// @param open whether some of it has not recovered
    public record Matter(String id, boolean open) {}

    /// Whether this answers an earlier message.
    public boolean answers() {
        return !threadId.equals(notificationId);
    }

    /// Whether it tells that all of what the thread told is over.
    public boolean resolves() {
        return message.direction() == Direction.RECOVERY
                && message.complete()
                && matters.stream().noneMatch(Matter::open);
    }

    /// Whether it tells that something broke after all that the thread told first was over.
    public boolean breaksAgain() {
        return answers()
                && message.direction() == Direction.REGRESSION
                && !matters.isEmpty()
                && matters.stream().noneMatch(it -> it.id().equals(threadId));
    }

    /// The same in its plain form.
    public Envelope inPlain() {
        return with(message, true);
    }

    /// The same with the first `most` items of its message; the others are counted.
    public Envelope first(int most) {
        return with(message.first(most), plain);
    }

    private Envelope with(Message other, boolean inPlain) {
        return new Envelope(
                notificationId,
                threadId,
                destination,
                address,
                notice,
                other,
                inPlain,
                threadRef,
                root,
                matters,
                snoozes,
                createdAt);
    }

    /// Leaves the address out.
    @Override
    public String toString() {
        return "Envelope[notification=%s, destination=%s]".formatted(notificationId, destination);
    }
}
