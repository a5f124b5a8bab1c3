package dev.muster.ingest.source;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.muster.schemas.DeadLetterReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A compiled CEL expression of a source definition that knows where it stands. Pure and bounded in what it may cost.
public final class Expression {

    private final String where;
    private final CelRuntime.Program program;

    Expression(String where, CelRuntime.Program program) {
        this.where = where;
        this.program = program;
    }

    /// Plain Java: maps, lists, strings, longs, doubles, booleans, instants; null when it gives nothing.
    @Nullable
    Object value(Map<String, Object> variables) throws MappingRefused {
        try {
            return unwrapped(program.eval(variables));
        } catch (CelEvaluationException | RuntimeException failed) {
            throw refused(String.valueOf(failed.getMessage()));
        }
    }

    private static @Nullable Object unwrapped(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case NullValue _ -> null;
            case com.google.protobuf.NullValue _ -> null;
            case Optional<?> maybe -> unwrapped(maybe.orElse(null));
            default -> value;
        };
    }

    boolean isTrue(Map<String, Object> variables) throws MappingRefused {
        if (value(variables) instanceof Boolean answer) {
            return answer;
        }
        throw refused("gives neither true nor false");
    }

    /// The text; empty when it gives nothing or the empty text.
    Optional<String> text(Map<String, Object> variables) throws MappingRefused {
        return switch (value(variables)) {
            case null -> Optional.empty();
            case String text -> text.isEmpty() ? Optional.empty() : Optional.of(text);
            case Long number -> Optional.of(number.toString());
            default -> throw refused("does not give text");
        };
    }

    List<?> list(Map<String, Object> variables) throws MappingRefused {
        return switch (value(variables)) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw refused("does not give a list");
        };
    }

    long number(Map<String, Object> variables) throws MappingRefused {
        if (value(variables) instanceof Long number) {
            return number;
        }
        throw refused("does not give a whole number");
    }

    MappingRefused refused(String why) {
        return new MappingRefused(DeadLetterReason.MAPPING_FAILED, where + ": " + why);
    }
}
