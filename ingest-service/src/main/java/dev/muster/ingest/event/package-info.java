/// `POST /v1/events`: a CloudEvent in, journalled as a delivery of the source that reads it.
@NullMarked
package dev.muster.ingest.event;

import org.jspecify.annotations.NullMarked;
