/// `POST /v1/webhooks/{connection}`: read bounded bytes, verify, journal, 202. Nothing else happens on that path.
@NullMarked
package dev.muster.ingest.webhook;

import org.jspecify.annotations.NullMarked;
