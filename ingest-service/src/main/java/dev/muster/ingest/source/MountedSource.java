package dev.muster.ingest.source;

import dev.muster.engine.definition.Mistake;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One file of the mounted folder.
///
/// @param text newest text; null when the file is gone
/// @param inUse newest definition without mistakes; null when there was none
/// @param since when that came into use, or when the file was first seen
/// @param mistakes in the newest text; empty when it is the one in use
public record MountedSource(
        String file, @Nullable String text, @Nullable SourceDefinition inUse, Instant since, List<Mistake> mistakes) {

    /// Whether the newest text is not what is in use.
    public boolean isRefused() {
        return !mistakes.isEmpty();
    }

    MountedSource accepted(String newText, SourceDefinition definition, Instant now) {
        return new MountedSource(file, newText, definition, now, List.of());
    }

    MountedSource refused(String newText, List<Mistake> found) {
        return new MountedSource(file, newText, inUse, since, List.copyOf(found));
    }

    MountedSource gone() {
        return new MountedSource(file, null, inUse, since, List.of());
    }
}
