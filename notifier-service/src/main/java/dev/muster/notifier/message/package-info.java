/// What a message says, before any channel renders it.
@NullMarked
package dev.muster.notifier.message;

import org.jspecify.annotations.NullMarked;
