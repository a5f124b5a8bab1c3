package dev.muster.portal.badge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/// A flat badge: what on the left, how on the right.
///
/// @param colour of the right half, dark enough for white text
record Badge(String label, String message, String colour) {

    /// Width of a letter of the 11 px font, which badges cannot measure.
    private static final double LETTER = 6.6;
    private static final int PADDING = 10;

    static Badge of(String label, @Nullable String level, int score) {
        return level == null
                ? new Badge(label, "no level · " + score, "#6b7280")
                : new Badge(label, level + " · " + score, colour(level));
    }

    static Badge unknown(String label) {
        return new Badge(label, "unknown", "#6b7280");
    }

    String svg() {
        int left = width(label);
        int right = width(message);
        var l = HtmlUtils.htmlEscape(label, "UTF-8");
        var m = HtmlUtils.htmlEscape(message, "UTF-8");
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%4$s: %5$s">\
                <title>%4$s: %5$s</title>\
                <clipPath id="r"><rect width="%1$d" height="20" rx="4"/></clipPath>\
                <g clip-path="url(#r)"><rect width="%2$d" height="20" fill="#374151"/>\
                <rect x="%2$d" width="%3$d" height="20" fill="%6$s"/></g>\
                <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\
                <text x="%7$d" y="14">%4$s</text><text x="%8$d" y="14">%5$s</text></g></svg>""".formatted(left + right, left, right, l, m, colour, left / 2, left + right / 2);
    }

    private static int width(String text) {
        return (int) Math.ceil(text.length() * LETTER) + PADDING;
    }

    private static String colour(String level) {
        return switch (level.toLowerCase(Locale.ROOT)) {
            case "bronze" -> "#8a5a2b";
            case "silver" -> "#5b6b80";
            case "gold" -> "#8a6a00";
            case "platinum" -> "#1f6f78";
            default -> "#2f6f4f";
        };
    }
}
