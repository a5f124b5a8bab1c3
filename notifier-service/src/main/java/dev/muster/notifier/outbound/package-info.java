/// HTTP calls out of the service: only to allowed hosts, bounded in time and size, never following a redirect.
@NullMarked
package dev.muster.notifier.outbound;

import org.jspecify.annotations.NullMarked;
