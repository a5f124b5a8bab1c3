/// What an operator may set for the ingest service.
@NullMarked
package dev.muster.ingest.settings;

import org.jspecify.annotations.NullMarked;
