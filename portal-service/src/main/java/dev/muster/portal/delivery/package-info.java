/// Which deliveries came in; never what was in them.
@NullMarked
package dev.muster.portal.delivery;

import org.jspecify.annotations.NullMarked;
