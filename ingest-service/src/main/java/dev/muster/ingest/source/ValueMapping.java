package dev.muster.ingest.source;

import java.util.SequencedMap;

/// How the value of a fact is made.
sealed interface ValueMapping {

    /// One expression gives it whole.
    record Whole(Expression expression) implements ValueMapping {}

    /// One expression a field; a field whose expression gives nothing is left out.
    record Fields(SequencedMap<String, Expression> fields) implements ValueMapping {}
}
