/// Scorecards, shipped rules and their examples as people write them: YAML in, checked records out.
///
/// **Promises.** Whatever a stranger sends is either read completely or refused with *all* its mistakes, each
/// with
/// file,
/// line and column, also those inside a CEL expression. Size, nesting, aliases and tags are bounded before
/// anything is
/// built.
/// **Does not promise.** Comments and order of keys are not kept.
///
/// Start reading at [ScorecardReader]. [Framework] reads files, once; nothing else here does I/O.
@NullMarked
package dev.muster.engine.definition;

import org.jspecify.annotations.NullMarked;
