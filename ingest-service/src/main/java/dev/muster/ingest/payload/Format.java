package dev.muster.ingest.payload;

import java.util.Locale;

/// How a body is written, by its media type.
public enum Format {
    JSON,
    FORM,
    XML,
    YAML;

    /// The format of a media type; JSON when nothing says otherwise.
    ///
    /// @param contentType with or without parameters
    public static Format of(String contentType) {
        var end = contentType.indexOf(';');
        var type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (type.equals("application/x-www-form-urlencoded")) {
            return FORM;
        }
        if (type.endsWith("/xml") || type.endsWith("+xml")) {
            return XML;
        }
        return type.endsWith("yaml") ? YAML : JSON;
    }
}
