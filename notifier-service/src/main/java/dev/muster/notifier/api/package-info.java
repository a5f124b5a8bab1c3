/// Answers why somebody did or did not get a message.
@NullMarked
package dev.muster.notifier.api;

import org.jspecify.annotations.NullMarked;
