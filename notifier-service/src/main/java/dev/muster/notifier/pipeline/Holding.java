package dev.muster.notifier.pipeline;

import dev.muster.notifier.catalog.CatalogEntry;
import dev.muster.notifier.preference.Preference;
import dev.muster.routing.Digest;
import dev.muster.routing.Hold;
import dev.muster.routing.MuteTime;
import dev.muster.routing.Sending;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Until when a message waits for the hours of its node and of its owner. Pure functions.
final class Holding {

    private Holding() {}

    /// Empty when no mute time reigns at `now`. Quiet hours that cannot be read mute nothing.
    static Optional<Hold> muted(Sending sending, @Nullable CatalogEntry owner, Instant now) {
        var quiet = Optional.ofNullable(owner)
                .map(it -> Preference.QUIET_HOURS.in(it.annotations()))
                .flatMap(it -> MuteTime.parse(it, ZoneOffset.UTC));
        return Hold.muted(sending, quiet, now);
    }

    /// How often an owner wants to be told. What cannot be read is as if it were not said.
    static Optional<Digest> digest(@Nullable CatalogEntry owner) {
        return Optional.ofNullable(owner)
                .map(it -> Preference.DIGEST.in(it.annotations()))
                .flatMap(it -> Digest.parse(it, Digest.IMMEDIATE));
    }
}
