package dev.muster.service;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/// A document is not JSON, or not within the limits.
public final class UnreadableJsonException extends Exception {

    private final int line;
    private final int column;

    UnreadableJsonException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    static UnreadableJsonException of(JacksonException e) {
        return of(e, null);
    }

    /// @param stopped where reading stopped, for what has no place of its own, such as a limit
    static UnreadableJsonException of(JacksonException e, @Nullable TokenStreamLocation stopped) {
        // Jackson names its own methods and switches; who sent the document cannot do anything with them.
        var message = String.valueOf(e.getOriginalMessage()).replaceAll(", from `[^`]*`|: enable `[^`]*` to allow", "");
        var location = e.getLocation() == null || e.getLocation().getLineNr() < 1 ? stopped : e.getLocation();
        return new UnreadableJsonException(
                message, location == null ? 0 : location.getLineNr(), location == null ? 0 : location.getColumnNr());
    }

    /// Where it was noticed, from 1; 0 when not known.
    public int line() {
        return line;
    }

    /// Where it was noticed, from 1; 0 when not known.
    public int column() {
        return column;
    }

    /// As an answer to who sent it.
    public Problem problem() {
        var error = new ProblemError(
                null, line < 1 ? null : line, column < 1 ? null : column, null, String.valueOf(getMessage()));
        return Problem.of(ProblemType.MALFORMED_REQUEST, "The body is not JSON, or not within the limits")
                .withErrors(List.of(error));
    }
}
