package dev.muster.ingest.journal;

import java.io.IOException;

/// The spool has no room for this record. Nothing was written.
final class SpoolFullException extends IOException {

    SpoolFullException(long maxBytes) {
        super("the spool is full: muster.ingest.spool.max-size is " + maxBytes + " bytes");
    }
}
