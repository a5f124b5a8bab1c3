package dev.muster.portal.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.service.Problem;
import dev.muster.service.ProblemException;
import dev.muster.service.ProblemType;
import java.util.Base64;
import java.util.List;

/// Where a list goes on: the sort key of its last item, opaque to clients.
///
/// @param keys parts of the key
public record Cursor(List<String> keys) {

    private static final String SEPARATOR = "\u001f";

    public static Cursor of(Object... keys) {
        return new Cursor(List.of(keys).stream().map(String::valueOf).toList());
    }

    /// Reads a cursor back.
    ///
    /// @throws ProblemException when it is not one that [#toString] made with so many parts
    public static Cursor parse(String text, int parts) {
        try {
            var keys = List.of(new String(Base64.getUrlDecoder().decode(text), UTF_8).split(SEPARATOR, -1));
            if (keys.size() == parts) {
                return new Cursor(keys);
            }
        } catch (IllegalArgumentException _) {
            throw illegal();
        }
        throw illegal();
    }

    public String text(int part) {
        return keys.get(part);
    }

    /// A part that is a number.
    ///
    /// @throws ProblemException when the part is no number
    public long number(int part) {
        try {
            return Long.parseLong(keys.get(part));
        } catch (NumberFormatException _) {
            throw illegal();
        }
    }

    static ProblemException illegal() {
        return Problem.of(
                        ProblemType.MALFORMED_REQUEST,
                        "The cursor is not one that this list gave out; leave it away to begin at the start")
                .asException();
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(UTF_8));
    }
}
