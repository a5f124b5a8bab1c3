/// Lists that are read piece by piece.
@NullMarked
package dev.muster.portal.paging;

import org.jspecify.annotations.NullMarked;
