/// What became of the rules: outcomes, levels, score and coverage, and the transition between two results with its
/// cause.
///
/// Start reading at [Result].
@NullMarked
package dev.muster.engine.result;

import org.jspecify.annotations.NullMarked;
