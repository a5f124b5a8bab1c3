/// What the portal counts.
@NullMarked
package dev.muster.portal.meter;

import org.jspecify.annotations.NullMarked;
