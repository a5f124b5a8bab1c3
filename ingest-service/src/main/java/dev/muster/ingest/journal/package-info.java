/// Makes a delivery durable before it is acknowledged.
@NullMarked
package dev.muster.ingest.journal;

import org.jspecify.annotations.NullMarked;
