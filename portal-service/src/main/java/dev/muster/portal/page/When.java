package dev.muster.portal.page;

import dev.muster.service.Problem;
import dev.muster.service.ProblemType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// As of when a page tells how things stand. Templates call it `when`.
///
/// @param asked as the address says it; null when it says nothing
/// @param at the instant of the past; null for now
/// @param trouble why what was asked for is not shown, for people; null when it is
public record When(
        @Nullable String asked,
        @Nullable Instant at,
        @Nullable String trouble) {

    private static final When NOW = new When(null, null, null);

    /// Reads an address.
    ///
    /// @param asked a date, from its beginning on, or a date with a time, both in UTC when they name no offset
    /// @param kept how far back history goes
    public static When read(@Nullable String asked, Instant now, Duration kept) {
        if (asked == null || asked.isBlank()) {
            return NOW;
        }
        // A plus that nobody encoded arrives as a space.
        var text = asked.strip().replace(' ', '+');
        Instant at;
        try {
            at = instant(text).truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException _) {
            return wrong(
                    text,
                    "That is no date. Give one such as 2026-11-01, or with a time such as 2026-11-01T09:00, in UTC.");
        }
        if (at.isAfter(now)) {
            return wrong(text, "That date has yet to come.");
        }
        if (at.isBefore(now.minus(kept))) {
            return wrong(text, "That is too long ago: history is kept for %d days.".formatted(kept.toDays()));
        }
        return new When(text, at, null);
    }

    private static When wrong(String asked, String trouble) {
        return new When(asked, null, trouble);
    }

    private static Instant instant(String text) {
        if (!text.contains("T")) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    /// Whether the page tells of the past.
    public boolean isPast() {
        return at != null;
    }

    /// The instant, for a file, which has no place to say that it shows something else.
    ///
    /// @return null for now
    /// @throws dev.muster.service.ProblemException 400 when what was asked for is not to be had
    public @Nullable Instant instant() {
        if (trouble != null) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, trouble).asException();
        }
        return at;
    }

    /// What the control shows; nothing for now.
    public @Nullable String control() {
        return at == null
                ? null
                : LocalDateTime.ofInstant(at, ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString();
    }

    /// An address of the same time.
    public Link to(String path) {
        return Link.to(path).with("asOf", at);
    }

    /// The same as the beginning of a query; empty for now.
    public String query() {
        return at == null ? "" : "asOf=" + at + "&";
    }

    /// Where a page listens for changes: nowhere when it tells of the past, which does not change.
    public @Nullable String stream() {
        return at == null ? "/api/v1/stream" : null;
    }
}
