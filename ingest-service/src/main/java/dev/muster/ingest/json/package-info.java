/// One text for one JSON value.
@NullMarked
package dev.muster.ingest.json;

import org.jspecify.annotations.NullMarked;
