/// The form of subjects.
@NullMarked
package dev.muster.ingest.subject;

import org.jspecify.annotations.NullMarked;
