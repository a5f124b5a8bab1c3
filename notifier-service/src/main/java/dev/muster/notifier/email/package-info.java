/// The e-mail channel.
@NullMarked
package dev.muster.notifier.email;

import org.jspecify.annotations.NullMarked;
