/// Sends what is due, tries again what may succeed later, and records how each delivery ended.
@NullMarked
package dev.muster.notifier.delivery;

import org.jspecify.annotations.NullMarked;
