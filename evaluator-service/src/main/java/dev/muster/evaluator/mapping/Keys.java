package dev.muster.evaluator.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.records.RecordedName;
import dev.muster.records.UnusableRecordException;
import java.util.Arrays;

/// Keys of stores that have several parts.
///
/// The parts are joined by NUL, which no part may hold, so that `prefix(a)` finds all keys that begin with the part `a`
/// and no others, whatever strangers put into the names of subjects.
public final class Keys {

    private static final char SEPARATOR = '\0';

    private Keys() {}

    /// The key of these parts.
    ///
    /// @throws UnusableRecordException when a part holds a NUL
    public static String of(String... parts) {
        for (var part : parts) {
            RecordedName.check(part);
        }
        return String.join("\0", parts);
    }

    /// The key with one part more.
    ///
    /// @throws UnusableRecordException when it holds a NUL
    public static String in(String key, String part) {
        RecordedName.check(part);
        return key + SEPARATOR + part;
    }

    /// What all keys begin with that have `key` and more parts.
    public static String prefixIn(String key) {
        return key + SEPARATOR;
    }

    /// What all keys begin with whose first parts are these.
    public static String prefix(String... parts) {
        return of(parts) + SEPARATOR;
    }

    /// The part at `index`, from 0.
    public static String part(String key, int index) {
        var from = 0;
        for (var i = 0; i < index; i++) {
            from = key.indexOf(SEPARATOR, from) + 1;
        }
        var to = key.indexOf(SEPARATOR, from);
        return to < 0 ? key.substring(from) : key.substring(from, to);
    }

    /// How many parts a key has.
    public static int parts(String key) {
        var parts = 1;
        for (var at = key.indexOf(SEPARATOR); at >= 0; at = key.indexOf(SEPARATOR, at + 1)) {
            parts++;
        }
        return parts;
    }

    /// The key that stores order directly after `key`.
    public static String after(String key) {
        return key + SEPARATOR;
    }

    /// The order of stores: by UTF-8 bytes, which for some characters is not that of [String#compareTo].
    public static int compare(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
    }

    /// Key of results on their topic.
    public static String result(String entity, String scorecard) {
        return entity + "|" + scorecard;
    }
}
