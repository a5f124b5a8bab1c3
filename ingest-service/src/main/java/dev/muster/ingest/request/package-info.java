/// What all declarations share on their way in: bounded reading, media types, mistakes as problems.
@NullMarked
package dev.muster.ingest.request;

import org.jspecify.annotations.NullMarked;
