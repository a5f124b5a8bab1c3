/// Connections: configured instances of a source, each with its secrets. Nothing outside this package sees a secret.
@NullMarked
package dev.muster.ingest.connection;

import org.jspecify.annotations.NullMarked;
