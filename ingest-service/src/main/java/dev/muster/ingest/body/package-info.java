/// Bounded reading of request bodies.
@NullMarked
package dev.muster.ingest.body;

import org.jspecify.annotations.NullMarked;
