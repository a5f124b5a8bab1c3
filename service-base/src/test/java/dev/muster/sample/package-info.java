/// A service that does nothing, as a service of its own package would use what is common.
@NullMarked
package dev.muster.sample;

import org.jspecify.annotations.NullMarked;
