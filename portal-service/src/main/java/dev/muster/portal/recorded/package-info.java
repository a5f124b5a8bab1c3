/// What stands on the topics, read from its beginning and told to a replay: for those who evaluate what was. What it
/// takes is bounded: how many read at once, for how long, and only as long as somebody waits.
///
/// Start reading at [Turns], then [History] and [Retelling].
@NullMarked
package dev.muster.portal.recorded;

import org.jspecify.annotations.NullMarked;
