package dev.muster.engine.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What reads in place of what is not there.
final class Zeros {

    private Zeros() {}

    static Object of(CelType type, Steps steps) {
        if (type instanceof StructType struct) {
            return new StructureValue(struct, Map.of(), steps);
        }
        return switch (type.kind()) {
            case BOOL -> false;
            case INT -> 0L;
            case DOUBLE -> 0.0;
            case TIMESTAMP -> Instant.EPOCH;
            case DURATION -> Duration.ZERO;
            case LIST -> List.of();
            case MAP -> Map.of();
            default -> "";
        };
    }
}
