package dev.muster.ingest.source;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What makes two deliveries the same: the sender's own id, else a key of the content, else the content.
///
/// @param header lower-case name of the header that holds the sender's id; null when there is none
/// @param content gives the key; null when there is none
public record DeliveryIdRule(
        @Nullable String header, @Nullable Expression content) {

    /// The content alone.
    static final DeliveryIdRule NONE = new DeliveryIdRule(null, null);

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    /// Whether the text can serve as an id: bounded, and without anything that could break a key, a log
    /// line or a page.
    public static boolean isId(String text) {
        return FORM.matcher(text).matches();
    }
}
