package dev.muster.notifier.text;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Foreign text, made harmless. Escaping for a channel is the business of its template, not of this.
public final class Text {

    private Text() {}

    /// `text` as the ledger may keep it: without NUL, which PostgreSQL refuses, and without lone surrogates.
    public static String stored(String text) {
        if (text.chars().allMatch(it -> it != 0 && !Character.isSurrogate((char) it))) {
            return text;
        }
        var kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(it -> it != 0 && (it > 0xFFFF || !Character.isSurrogate((char) it)))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /// As [#stored], for text that may be absent.
    public static @Nullable String storedOrNull(@Nullable String text) {
        return text == null ? null : stored(text);
    }

    /// `text` on one line, without control characters, escape sequences and marks that turn the direction of writing,
    /// cut between two characters as people count them so that at most `max` UTF-16 units remain, the last one `…`
    /// when cut.
    public static String line(String text, int max) {
        var kept = new StringBuilder(Math.min(text.length(), 2 * max));
        var space = false;
        var point = 0;
        for (int i = 0; i < text.length() && kept.length() <= max; i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (Character.isWhitespace(point) || Character.isSpaceChar(point) || point == '\u0085') {
                space = !kept.isEmpty();
            } else if (!hidden(point)) {
                if (space) {
                    kept.append(' ');
                    space = false;
                }
                kept.appendCodePoint(point);
            }
        }
        return cut(kept.toString(), max);
    }

    /// Steps that stand on lines of their own, on one line.
    public static String steps(String text) {
        return text.lines().map(String::strip).filter(it -> !it.isEmpty()).collect(Collectors.joining("; "));
    }

    private static boolean hidden(int point) {
        return Character.isISOControl(point)
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0x200E
                || point == 0x200F
                || point == 0xFEFF
                || (point <= 0xFFFF && Character.isSurrogate((char) point));
    }

    /// The first characters of `text` that fit into `max` UTF-16 units, the last one `…` when anything was cut.
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        var end = characters.preceding(Math.max(1, max));
        return text.substring(0, Math.max(0, end)).stripTrailing() + "…";
    }
}
