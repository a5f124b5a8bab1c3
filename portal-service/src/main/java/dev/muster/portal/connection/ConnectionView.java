package dev.muster.portal.connection;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.muster.schemas.v1.ConnectionStatus;
import dev.muster.schemas.v1.Trouble;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a connection reports.
///
/// @param accepted deliveries that were accepted
/// @param rejected deliveries that were refused for what they were, such as a wrong signature
/// @param failed deliveries that could not be read, whole or in part
/// @param silentSince since when it is silent for longer than usual; null when it is not
/// @param rejectingSince since when everything that comes is refused; null when it is not so
/// @param failingSince since when what comes cannot be read; null when it can
public record ConnectionView(
        String name,
        String source,
        long accepted,
        long rejected,
        long failed,
        @Nullable Instant lastAcceptedAt,
        @Nullable Instant lastMappedAt,
        @Nullable Instant silentSince,
        @Nullable Instant rejectingSince,
        @Nullable Instant failingSince,
        Details details) {

    /// What is only shown.
    ///
    /// @param unmapped event types that no mapping reads, the one that came most often first
    /// @param clockDifferenceMillis negative when the clock of the sender is ahead
    @Schema(name = "ConnectionDetails")
    public record Details(
            @Nullable TroubleView lastRejected,
            @Nullable TroubleView lastFailure,
            List<Unmapped> unmapped,
            @Nullable Long clockDifferenceMillis) {

        static Details of(ConnectionStatus status) {
            return new Details(
                    TroubleView.of(status.getLastRejected()),
                    TroubleView.of(status.getLastFailure()),
                    status.getUnmapped().stream()
                            .map(it -> new Unmapped(it.getEvent(), it.getCount(), it.getLastAt()))
                            .sorted((a, b) -> Long.compare(b.count(), a.count()))
                            .toList(),
                    status.getClockDifferenceMillis());
        }
    }

    /// Something that went wrong, last.
    public record TroubleView(Instant at, String reason) {

        static @Nullable TroubleView of(@Nullable Trouble trouble) {
            return trouble == null ? null : new TroubleView(trouble.getAt(), trouble.getReason());
        }
    }

    /// Deliveries of an event type that no mapping reads.
    public record Unmapped(String event, long count, Instant lastAt) {}

    /// How it is, the worst first: `rejecting`, `failing`, `silent`, `never` or `reporting`.
    public String state() {
        if (rejectingSince != null) {
            return "rejecting";
        }
        if (failingSince != null) {
            return "failing";
        }
        if (silentSince != null) {
            return "silent";
        }
        return lastAcceptedAt == null ? "never" : "reporting";
    }

    /// Since when it is in a state that somebody has to care about; null when it is not.
    @JsonIgnore
    public @Nullable Instant since() {
        return switch (state()) {
            case "rejecting" -> rejectingSince;
            case "failing" -> failingSince;
            case "silent" -> silentSince;
            default -> null;
        };
    }

    /// What to do about it; empty when there is nothing to do.
    @JsonIgnore
    public String advice() {
        return switch (state()) {
            case "rejecting" ->
                "Everything that comes is refused. Compare the secret at the sender with this connection's.";
            case "failing" -> "What comes cannot be read. Look at the dead letters, mend the mapping, and replay.";
            case "silent" ->
                "It is silent for longer than usual. Look at the sender: is the webhook still there and active?";
            case "never" ->
                "Nothing received yet. Set up the webhook at the sender with this connection's secret, as docs/sources.md says.";
            default -> "";
        };
    }

    /// Icon and colour.
    @JsonIgnore
    public String tone() {
        return switch (state()) {
            case "rejecting", "failing" -> "fail";
            case "silent" -> "stale";
            case "never" -> "unknown";
            default -> "pass";
        };
    }
}
