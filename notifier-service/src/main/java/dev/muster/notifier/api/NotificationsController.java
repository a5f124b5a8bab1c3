package dev.muster.notifier.api;

import dev.muster.notifier.audit.Audit;
import dev.muster.notifier.audit.Deed;
import dev.muster.notifier.delivery.Redriving;
import dev.muster.notifier.pipeline.Members;
import dev.muster.service.Caller;
import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /api/v1/notifications`: who was told what, how it ended at each destination, and why somebody was
/// not told. `POST /v1/notifications/{id}/redrive` tries again what failed for good, for members of the
/// teams that were to hear of it, and admins.
@RestController
class NotificationsController {

    private static final int MOST = 200;

    private final NotificationQuery query;
    private final Redriving redriving;
    private final Members members;
    private final Audit audit;

    NotificationsController(NotificationQuery query, Redriving redriving, Members members, Audit audit) {
        this.query = query;
        this.redriving = redriving;
        this.members = members;
        this.audit = audit;
    }

    /// What was put back into the queue.
    ///
    /// @param deliveries how many messages to single destinations, and such that had none
    record Redriven(int deliveries) {}

    /// Tries again where the notification failed.
    ///
    /// @param destination only there, `none` for what reached nobody; everywhere when absent
    @PostMapping("/v1/notifications/{id}/redrive")
    Redriven redrive(
            @PathVariable String id,
            @RequestParam @Nullable String destination,
            @AuthenticationPrincipal Caller caller) {
        if (!query.knows(id)) {
            throw Problem.of(ProblemType.NOT_FOUND, "There is no such notification.")
                    .asException();
        }
        return redriven(id, destination, caller);
    }

    /// Tries again all that failed at a destination, such as after it was mended.
    @PostMapping("/v1/notifications/redrive")
    Redriven redrive(@RequestParam String destination, @AuthenticationPrincipal Caller caller) {
        return redriven(null, destination, caller);
    }

    private Redriven redriven(@Nullable String id, @Nullable String destination, Caller caller) {
        members.actsFor(redriving.owners(id, destination), caller);
        var deed = Deed.of(
                caller.name(),
                "notification.redriven",
                Deed.NOTIFIER,
                id == null ? "all" : id,
                "FAILED",
                "READY",
                destination == null ? null : "at " + destination);
        var deliveries = audit.noting(deed, () -> redriving.redrive(id, destination));
        if (deliveries == 0) {
            throw Problem.of(ProblemType.CONFLICT, "Nothing failed there that could be tried again.")
                    .asException();
        }
        return new Redriven(deliveries);
    }

    /// Newest first. A transition that became no message stands as a notification of its own, suppressed, with the
    /// reason.
    ///
    /// @param transition id of a transition
    /// @param entity reference of an entity
    /// @param owner reference of an owner
    /// @param state one or several of [NotificationState], with commas between them
    /// @param limit 1 to 200
    /// @param before the `next` of the page before
    @GetMapping("/api/v1/notifications")
    NotificationPage notifications(
            @RequestParam @Nullable String transition,
            @RequestParam @Nullable String entity,
            @RequestParam @Nullable String owner,
            @RequestParam(defaultValue = "") List<String> state,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String before) {
        if (limit < 1 || limit > MOST) {
            throw malformed("limit must be 1 to " + MOST);
        }
        return query.find(
                new NotificationQuery.Filter(transition, entity, owner, states(state), limit, cursor(before)));
    }

    private static Set<NotificationState> states(List<String> states) {
        try {
            return states.stream()
                    .filter(it -> !it.isBlank())
                    .map(it -> NotificationState.valueOf(it.strip().toUpperCase(Locale.ROOT)))
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException _) {
            throw malformed("state must be one of " + java.util.Arrays.toString(NotificationState.values()));
        }
    }

    private static NotificationQuery.@Nullable Cursor cursor(@Nullable String before) {
        try {
            return before == null ? null : NotificationQuery.Cursor.read(before);
        } catch (IllegalArgumentException _) {
            throw malformed("before must be the next of an earlier page");
        }
    }

    private static RuntimeException malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_REQUEST, detail).asException();
    }
}
