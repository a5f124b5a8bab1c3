/// The generic webhook channel: signed JSON, or whatever a template makes, such as an issue of a tracker.
@NullMarked
package dev.muster.notifier.webhook;

import org.jspecify.annotations.NullMarked;
