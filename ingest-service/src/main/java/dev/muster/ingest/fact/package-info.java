/// `POST /v1/facts`: facts that somebody tells without a source definition, typed by the fact catalogue.
@NullMarked
package dev.muster.ingest.fact;

import org.jspecify.annotations.NullMarked;
