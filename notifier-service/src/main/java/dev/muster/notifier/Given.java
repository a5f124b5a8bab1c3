package dev.muster.notifier;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Checks of settings that name the property and never what it holds.
final class Given {

    private Given() {}

    static <T> T value(String name, @Nullable T value) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /// Text that may stand in a header.
    static String line(String name, @Nullable String value) {
        var given = value(name, value);
        if (given.chars().anyMatch(it -> Character.isISOControl(it) || it > 126)) {
            throw new IllegalArgumentException(name + " must be printable ASCII on one line");
        }
        return given;
    }

    static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException("muster.notifier.%s must be at least %s".formatted(name, least));
        }
    }

    static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("muster.notifier.%s must be %d to %d".formatted(name, least, most));
        }
    }
}
