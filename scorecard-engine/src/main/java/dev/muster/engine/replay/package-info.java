/// What would have been: recorded facts, told again in their order to a scorecard that may never have been published.
///
/// Start reading at [Replay].
@NullMarked
package dev.muster.engine.replay;

import org.jspecify.annotations.NullMarked;
