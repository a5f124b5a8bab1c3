/// Rules that stand in the way, over all entities: what a cell of the overview leads to.
@NullMarked
package dev.muster.portal.failing;

import org.jspecify.annotations.NullMarked;
