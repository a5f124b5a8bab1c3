/// The current scorecards of entities.
@NullMarked
package dev.muster.portal.result;

import org.jspecify.annotations.NullMarked;
