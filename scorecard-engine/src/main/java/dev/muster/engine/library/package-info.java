/// Scorecards, shipped rules and their examples: files in, checked definitions out.
///
/// **Promises.** Mistakes have line and column also inside a CEL expression, however YAML wraps it. What is
/// read here compiles.
/// **Does not promise.** [Framework] reads files, once, when a program starts; nothing else in the engine does
/// I/O.
///
/// Start reading at [ScorecardReader].
@NullMarked
package dev.muster.engine.library;

import org.jspecify.annotations.NullMarked;
