package dev.muster.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Something that is wrong, or might be.
///
/// @param status `error` or `warning`
/// @param file where it is, with line and column from 1; null when it is in no file
/// @param path member that it is about; null when it is about none
@JsonInclude(JsonInclude.Include.NON_NULL)
record Remark(
        String status,
        @Nullable String file,
        @Nullable Integer line,
        @Nullable Integer column,
        @Nullable String path,
        String message) {

    private static final String ERROR = "error";

    static Remark error(String message) {
        return new Remark(ERROR, null, null, null, null, message);
    }

    /// A mistake in a file.
    static Remark error(Bundle.Origin at, int column, String message) {
        return new Remark(ERROR, at.file(), at.line(), column, null, message);
    }

    /// A mistake in something that was sent without a file.
    static Remark error(JsonNode told) {
        return of(ERROR, told, null);
    }

    /// A mistake in what was sent, at its place in the file that it was sent from.
    static Remark error(JsonNode told, Bundle sent) {
        return of(ERROR, told, sent);
    }

    /// A mistake in what was sent, which is a file of its own.
    static Remark error(JsonNode told, String file) {
        var plain = of(ERROR, told, null);
        return told.has("line")
                ? new Remark(
                        ERROR,
                        file,
                        told.path("line").asInt(),
                        told.path("column").asInt(1),
                        plain.path(),
                        plain.message())
                : plain;
    }

    static Remark warning(JsonNode told, Bundle sent) {
        return of("warning", told, sent);
    }

    private static Remark of(String status, JsonNode told, @Nullable Bundle sent) {
        var message = told.isString() ? told.asString() : told.path("message").asString("");
        var path = told.path("path").asString("");
        var at = sent == null || !told.has("line")
                ? null
                : sent.origin(told.path("line").asInt());
        return new Remark(
                status,
                at == null ? null : at.file(),
                at == null ? null : Integer.valueOf(at.line()),
                at == null ? null : Integer.valueOf(told.path("column").asInt(1)),
                path.isEmpty() ? null : path,
                message);
    }

    /// For people.
    String words() {
        var words = status.equals(ERROR) ? message : status + ": " + message;
        if (file != null) {
            return "%s:%d:%d: %s".formatted(file, line, column, words);
        }
        return path == null ? words : path + ": " + words;
    }
}
