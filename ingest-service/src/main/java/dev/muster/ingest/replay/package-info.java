/// Reads the journal of a connection again with the definitions of today, and tells what follows from it in the place
/// of what was told before. Deleting this folder deletes the feature.
@NullMarked
package dev.muster.ingest.replay;

import org.jspecify.annotations.NullMarked;
