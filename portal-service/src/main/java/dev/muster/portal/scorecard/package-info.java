/// Scorecards: their rules, how many pass them, and reports over groups.
@NullMarked
package dev.muster.portal.scorecard;

import org.jspecify.annotations.NullMarked;
