/// Foreign text made fit for people: bounded, without control characters.
@NullMarked
package dev.muster.notifier.text;

import org.jspecify.annotations.NullMarked;
