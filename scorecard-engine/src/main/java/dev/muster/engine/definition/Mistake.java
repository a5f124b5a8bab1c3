package dev.muster.engine.definition;

import org.jspecify.annotations.Nullable;

/// One thing that is wrong in a definition, and where to find it.
///
/// @param file name of the file as the sender gave it, or null when there is none
/// @param line line in the file, from 1; 0 when the mistake has no place
/// @param column column in that line in code points, from 1; 0 when the mistake has no place
/// @param path where it is in the document, such as `spec.rules[1].check`; empty for the whole document
/// @param message what is wrong and, where it can be guessed, what was meant
public record Mistake(@Nullable String file, int line, int column, String path, String message) {

    /// As compilers print it: `file:line:column: message (path)`.
    @Override
    public String toString() {
        var text = new StringBuilder();
        if (file != null) {
            text.append(file).append(':');
        }
        text.append(line).append(':').append(column).append(": ").append(message);
        return path.isEmpty()
                ? text.toString()
                : text.append(" (").append(path).append(')').toString();
    }
}
