/// `/v1/initiatives`: what entities are to reach on a scorecard, and by when.
@NullMarked
package dev.muster.ingest.initiative;

import org.jspecify.annotations.NullMarked;
