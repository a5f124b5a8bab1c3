/// What the service counts.
@NullMarked
package dev.muster.ingest.meter;

import org.jspecify.annotations.NullMarked;
