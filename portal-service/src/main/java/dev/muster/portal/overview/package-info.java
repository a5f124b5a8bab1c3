/// Pages about many entities: the first one, and a scorecard with those that it scores.
@NullMarked
package dev.muster.portal.overview;

import org.jspecify.annotations.NullMarked;
