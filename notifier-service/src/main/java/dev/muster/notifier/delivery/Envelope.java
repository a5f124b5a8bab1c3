package dev.muster.notifier.delivery;

import dev.muster.notifier.message.Message;
import java.time.Instant;
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
        Instant createdAt) {

    /// Whether this answers an earlier message.
    public boolean answers() {
        return !threadId.equals(notificationId);
    }

    /// Leaves the address out.
    @Override
    public String toString() {
        return "Envelope[notification=%s, destination=%s]".formatted(notificationId, destination);
    }
}
