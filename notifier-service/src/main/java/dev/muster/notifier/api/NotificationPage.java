package dev.muster.notifier.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of notifications, newest first.
///
/// @param next what to ask for with `before`; null on the last page
record NotificationPage(
        List<Notification> notifications, @Nullable String next) {

    /// @param reason why it was suppressed or failed as a whole
    /// @param threadId notification that began the thread
    record Notification(
            String id,
            NotificationState state,
            @Nullable String reason,
            String kind,
            @Nullable String owner,
            @Nullable String headline,
            @Nullable String threadId,
            Instant createdAt,
            @Nullable Instant dueAt,
            List<Told> transitions,
            List<Sent> deliveries) {}

    /// @param state GROUPED or SUPPRESSED
    record Told(
            String id,
            String entity,
            String scorecard,
            long version,
            String kind,
            String state,
            @Nullable String reason,
            @Nullable String deliveryId) {}

    /// @param reason why it failed, or why the last attempt did
    /// @param detail the same for operators
    record Sent(
            String channel,
            String destination,
            String state,
            @Nullable String reason,
            @Nullable String detail,
            int attempts,
            Instant createdAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant endedAt) {}
}
