/// Reads bodies: JSON, JSON in a form, XML and YAML become the same plain maps and lists, within bounds.
@NullMarked
package dev.muster.ingest.payload;

import org.jspecify.annotations.NullMarked;
