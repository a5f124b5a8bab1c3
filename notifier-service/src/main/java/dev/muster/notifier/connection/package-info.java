/// Connections that are silent for longer than usual: told once, and once more when they report again.
/// Whose connection is scored hears of it by its scorecard, and not by this.
@NullMarked
package dev.muster.notifier.connection;

import org.jspecify.annotations.NullMarked;
