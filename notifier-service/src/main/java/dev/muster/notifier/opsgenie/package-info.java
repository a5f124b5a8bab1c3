/// The Opsgenie channel: alerts that are opened and closed.
@NullMarked
package dev.muster.notifier.opsgenie;

import org.jspecify.annotations.NullMarked;
