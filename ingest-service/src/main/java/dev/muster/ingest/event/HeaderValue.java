package dev.muster.ingest.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/// Decodes the value of a header as the HTTP binding of CloudEvents encodes it: perhaps in quotes, with UTF-8 in
/// percent-encoding.
final class HeaderValue {

    private HeaderValue() {}

    /// The value itself; null when it is not encoded so.
    static @Nullable String decoded(String header) {
        var text = unquoted(header.strip());
        var out = new ByteArrayOutputStream(text.length());
        for (var at = 0; at < text.length(); at++) {
            if (text.charAt(at) != '%') {
                out.writeBytes(String.valueOf(text.charAt(at)).getBytes(ISO_8859_1));
                continue;
            }
            var high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
            var low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            out.write(high << 4 | low);
            at += 2;
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1")
                : text;
    }
}
