/// The first page.
@NullMarked
package dev.muster.portal.overview;

import org.jspecify.annotations.NullMarked;
