package dev.muster.ingest.journal;

import java.io.IOException;
import java.nio.file.Path;

/// The folder of the spool cannot be used; stops the start.
final class SpoolUnusableException extends RuntimeException {

    SpoolUnusableException(Path folder, IOException cause) {
        super(
                "muster.ingest.spool.folder %s cannot be used: %s. It must be a folder that this service may write and no other uses."
                        .formatted(folder, cause),
                cause);
    }
}
