package dev.muster.ingest.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// The fields of `application/x-www-form-urlencoded`.
final class Form {

    private Form() {}

    /// The decoded bytes of the first field of that name.
    static byte[] field(String name, byte[] form) throws UnreadablePayloadException {
        var prefix = (name + "=").getBytes(UTF_8);
        var start = 0;
        while (start < form.length) {
            var end = indexOf(form, start);
            if (end - start >= prefix.length
                    && Arrays.equals(form, start, start + prefix.length, prefix, 0, prefix.length)) {
                return decoded(form, start + prefix.length, end);
            }
            start = end + 1;
        }
        throw new UnreadablePayloadException("the form has no field '" + name + "'");
    }

    private static int indexOf(byte[] form, int from) {
        var at = from;
        while (at < form.length && form[at] != '&') {
            at++;
        }
        return at;
    }

    private static byte[] decoded(byte[] form, int from, int to) throws UnreadablePayloadException {
        var out = new ByteArrayOutputStream(to - from);
        for (var at = from; at < to; at++) {
            if (form[at] == '%') {
                var high = at + 2 < to ? Character.digit(form[at + 1], 16) : -1;
                var low = at + 2 < to ? Character.digit(form[at + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new UnreadablePayloadException("the form is not percent-encoded");
                }
                out.write(high << 4 | low);
                at += 2;
            } else {
                out.write(form[at] == '+' ? ' ' : form[at]);
            }
        }
        return out.toByteArray();
    }
}
