/// What was recorded, told again in its order: to a scorecard as it was published then, or to one that may never have
/// been.
///
/// Start reading at [Replay].
@NullMarked
package dev.muster.engine.replay;

import org.jspecify.annotations.NullMarked;
