package dev.muster.records;

import dev.muster.schemas.DeadLetterReason;

/// Names that strangers give to what they tell of: subjects and items.
public final class RecordedName {

    private RecordedName() {}

    /// Makes sure that `name` can be a part of a key, where NUL stands between the parts.
    ///
    /// @throws UnusableRecordException when it holds a NUL
    public static void check(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new UnusableRecordException(DeadLetterReason.INVALID, "a name holds the character NUL");
        }
    }
}
