/// Shows source definitions: which are in use, and what one makes of a delivery, without journalling it.
@NullMarked
package dev.muster.ingest.preview;

import org.jspecify.annotations.NullMarked;
