package dev.muster.service;

import java.util.List;
import tools.jackson.core.JacksonException;

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
        // Jackson names the method that holds the limit; who sent the document cannot do anything with it.
        var message = String.valueOf(e.getOriginalMessage()).replaceAll(", from `[^`]*`", "");
        var location = e.getLocation();
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
