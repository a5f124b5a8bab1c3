package dev.muster.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One mistake in what was sent; what is not known is left out.
///
/// @param file name of the file as it was sent
/// @param line from 1
/// @param column from 1
/// @param path where in the document, such as `spec.rules[2].check`
/// @param message what is wrong and what would be right
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemError(
        @Nullable String file,
        @Nullable Integer line,
        @Nullable Integer column,
        @Nullable String path,
        String message) {

    /// A mistake at a place of the document.
    public static ProblemError at(String path, String message) {
        return new ProblemError(null, null, null, path, message);
    }

    /// A mistake of a file.
    ///
    /// @param line from 1; below when it is not known
    /// @param column from 1; below when it is not known
    /// @param path empty for the document as a whole
    public static ProblemError of(@Nullable String file, int line, int column, String path, String message) {
        return new ProblemError(
                file, line < 1 ? null : line, column < 1 ? null : column, path.isEmpty() ? null : path, message);
    }
}
