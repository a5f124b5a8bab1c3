package dev.muster.ingest.source;

import java.util.regex.Pattern;

/// Where the sender puts its own id of a delivery.
///
/// @param header lower-case name
public record DeliveryIdRule(String header) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    /// Whether the text can serve as an id: bounded, and without anything that could break a key, a log line or a page.
    public static boolean isId(String text) {
        return FORM.matcher(text).matches();
    }
}
