package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.routing.Hold;
import dev.muster.routing.MuteTime;
import dev.muster.routing.Sending;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Until when a message waits for the hours of its node and of its owner. A pure function.
final class Holding {

    /// Annotation of a group with its quiet hours, such as `mon-fri 18:00-08:00 Europe/Berlin`; UTC
    /// without a zone.
    static final String QUIET_HOURS = "muster.dev/quiet-hours";

    private Holding() {}

    /// Empty when no mute time reigns at `now`. Quiet hours that cannot be read mute nothing.
    static Optional<Hold> muted(Sending sending, @Nullable CatalogEntry owner, Instant now) {
        var quiet = Optional.ofNullable(owner)
                .map(it -> it.annotations().get(QUIET_HOURS))
                .flatMap(it -> MuteTime.parse(it, ZoneOffset.UTC));
        return Hold.muted(sending, quiet, now);
    }
}
