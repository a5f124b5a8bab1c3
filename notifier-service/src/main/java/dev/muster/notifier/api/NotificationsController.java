package dev.muster.notifier.api;

import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /api/v1/notifications`: who was told what, how it ended at each destination, and why somebody was not told.
@RestController
class NotificationsController {

    private static final int MOST = 200;

    private final NotificationQuery query;

    NotificationsController(NotificationQuery query) {
        this.query = query;
    }

    /// Newest first. A transition that became no message stands as a notification of its own, suppressed, with the
    /// reason.
    ///
    /// @param transition id of a transition
    /// @param entity reference of an entity
    /// @param owner reference of an owner
    /// @param state one of [NotificationState]
    /// @param limit 1 to 200
    /// @param before the `next` of the page before
    @GetMapping("/api/v1/notifications")
    NotificationPage notifications(
            @RequestParam @Nullable String transition,
            @RequestParam @Nullable String entity,
            @RequestParam @Nullable String owner,
            @RequestParam @Nullable String state,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String before) {
        if (limit < 1 || limit > MOST) {
            throw malformed("limit must be 1 to " + MOST);
        }
        return query.find(new NotificationQuery.Filter(transition, entity, owner, state(state), limit, cursor(before)));
    }

    private static @Nullable NotificationState state(@Nullable String state) {
        try {
            return state == null ? null : NotificationState.valueOf(state.toUpperCase(Locale.ROOT));
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
