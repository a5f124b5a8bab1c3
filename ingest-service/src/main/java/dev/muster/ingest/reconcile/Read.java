package dev.muster.ingest.reconcile;

import java.util.List;

/// What came of reading one subject.
sealed interface Read {

    /// It is there.
    ///
    /// @param readings what to tell
    /// @param withheld for people: what could not be read, and why
    record Told(List<Reading> readings, List<String> withheld) implements Read {

        public Told {
            readings = List.copyOf(readings);
            withheld = List.copyOf(withheld);
        }
    }

    /// It is not there any more, and that is to be told.
    record Gone(Reading reading) implements Read {}

    /// It goes by another name. What is known of the old name ages.
    record Moved() implements Read {}
}
