package dev.muster.records;

import dev.muster.engine.result.Declared;
import dev.muster.schemas.v1.Entity;
import dev.muster.schemas.v1.Scorecard;
import org.jspecify.annotations.Nullable;

/// Who declared something, from its topic to the engine.
public final class DeclaredMapping {

    private DeclaredMapping() {}

    public static Declared of(Entity it) {
        return new Declared(it.getAppliedAt(), known(it.getAppliedBy()), it.getDeliveryId());
    }

    public static Declared of(Scorecard it) {
        return new Declared(it.getPublishedAt(), it.getPublishedBy(), it.getDeliveryId());
    }

    private static @Nullable String known(String by) {
        return by.isEmpty() ? null : by;
    }
}
