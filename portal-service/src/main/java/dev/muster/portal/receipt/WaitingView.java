package dev.muster.portal.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A message that has not arrived yet, as the notifier tells it.
///
/// @param state GATHERING or READY
/// @param kind what it tells, such as REGRESSION
/// @param headline null until it is made
/// @param dueAt until when it waits, while it gathers
/// @param heldBecause why it waits; null once it does not
/// @param holds each time that it waited, the last one included while it waits
record WaitingView(
        String id,
        String state,
        String kind,
        @Nullable String owner,
        @Nullable String headline,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable String route,
        @Nullable String heldBecause,
        @Nullable List<Held> holds,
        List<Told> transitions,
        List<Reminded> reminders,
        List<Sent> deliveries) {

    record Held(String reason) {}

    record Told(String entity) {}

    record Reminded(@Nullable String entity) {}

    /// @param reason why the last attempt failed; null before the first
    record Sent(
            String channel,
            String destination,
            String state,
            @Nullable String reason,
            int attempts,
            @Nullable Instant nextAttemptAt) {

        public boolean isOnItsWay() {
            return state.equals("READY");
        }
    }

    /// What it tells, for people.
    public String what() {
        return headline != null ? headline : kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT);
    }

    /// Why it waits, for people.
    public String why() {
        return heldBecause == null ? "on its way" : why(heldBecause);
    }

    /// Why it waited before, for people, in order; empty when it did not.
    public String before() {
        var all = holds == null ? List.<Held>of() : holds;
        var past = heldBecause == null || all.isEmpty() ? all : all.subList(0, all.size() - 1);
        return past.stream().map(it -> why(it.reason())).distinct().collect(Collectors.joining(", "));
    }

    private static String why(String reason) {
        return switch (reason) {
            case "GROUPING" -> "gathers what belongs to it";
            case "DIGEST" -> "collected for a digest";
            case "MUTED" -> "held back by quiet hours or a mute time";
            case "SILENCED" -> "held back by a silence";
            case "FLAPPING" -> "goes back and forth, and is told once it is steady";
            default -> reason.toLowerCase(Locale.ROOT);
        };
    }

    /// Whether a silence holds it back, which somebody may end.
    public boolean isSilenced() {
        return "SILENCED".equals(heldBecause);
    }

    /// What it is about.
    public List<String> entities() {
        return Stream.concat(
                        transitions.stream().map(Told::entity),
                        reminders.stream().map(Reminded::entity))
                .filter(it -> it != null)
                .distinct()
                .toList();
    }
}
