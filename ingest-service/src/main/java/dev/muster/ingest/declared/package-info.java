/// What was declared so far, known from ingest's own compacted topics, and how declarations are written to them.
@NullMarked
package dev.muster.ingest.declared;

import org.jspecify.annotations.NullMarked;
