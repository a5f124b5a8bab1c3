package dev.muster.engine.definition;

import org.jspecify.annotations.Nullable;

/// Where something stands in a file.
///
/// @param line from 1
/// @param column in code points, from 1
/// @param path such as `spec.rules[1].check`; empty for the whole document
public record Place(@Nullable String file, int line, int column, String path) {

    Place at(int otherLine, int otherColumn) {
        return new Place(file, otherLine, otherColumn, path);
    }

    /// The same place with the path of a key below it.
    public Place key(String key) {
        return new Place(file, line, column, path.isEmpty() ? key : path + "." + key);
    }
}
