/// Tells open browsers and other clients what has just changed, on every instance.
@NullMarked
package dev.muster.portal.live;

import org.jspecify.annotations.NullMarked;
