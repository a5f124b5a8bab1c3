/// Journal → source definition → facts. What cannot be read becomes a dead letter; nothing stops a partition.
@NullMarked
package dev.muster.ingest.normaliser;

import org.jspecify.annotations.NullMarked;
