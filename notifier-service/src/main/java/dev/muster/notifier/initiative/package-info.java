/// Initiatives: what entities are to reach until a day, and which of them are not done.
@NullMarked
package dev.muster.notifier.initiative;

import org.jspecify.annotations.NullMarked;
