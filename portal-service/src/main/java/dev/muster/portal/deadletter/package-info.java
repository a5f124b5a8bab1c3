/// Records that could not be used.
@NullMarked
package dev.muster.portal.deadletter;

import org.jspecify.annotations.NullMarked;
