/// What people write: YAML that knows its places, mistakes, and the definitions of scorecards and rules.
///
/// **Promises.** Whatever a stranger sends is read completely or refused with *all* its mistakes, each with
/// file, line and column. Size, nesting, aliases and tags are bounded before anything is built.
/// **Does not promise.** Comments and the order of keys are not kept.
///
/// Start reading at [YamlReader] and [ScorecardDefinition].
@NullMarked
package dev.muster.engine.definition;

import org.jspecify.annotations.NullMarked;
