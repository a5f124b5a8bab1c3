package dev.muster.notifier.api;

import dev.muster.routing.HeldBecause;
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
    /// @param dueAt until when it waits
    /// @param route path of the node of the routes that it goes by
    /// @param routedBecause why it went to exactly these destinations; null until that is decided
    /// @param heldBecause why it waits; null once it does not
    /// @param holds each time that it waited, in order
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
            @Nullable String route,
            @Nullable String routedBecause,
            @Nullable HeldBecause heldBecause,
            List<Held> holds,
            List<Told> transitions,
            List<Reminded> reminders,
            List<Sent> deliveries) {}

    /// @param until when it was to end; it ends earlier when what it waited for does
    /// @param silence id of the silence that held it, which `GET /api/v1/silences` has; null for other reasons
    record Held(
            HeldBecause reason,
            Instant since,
            Instant until,
            @Nullable String silence) {}

    /// @param kind one of `ReminderKind`
    /// @param entity null for a rule: all of the owner's that the scorecard scores
    /// @param scorecard null for every one that has the rule
    /// @param dropped true when it stood no longer once the wait was over, and was left out
    record Reminded(
            String kind,
            @Nullable String entity,
            String rule,
            @Nullable String scorecard,
            Instant endsAt,
            boolean dropped) {}

    /// @param state GROUPED or SUPPRESSED
    /// @param reason why it is told to nobody, or why by this notification and not by one of its own
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
