/// Turns facts into results and transitions: Kafka Streams, exactly once, nothing else.
///
/// **Promises.** Each change of a result is told exactly once, with its cause and a version that rises by one. The same
/// facts, claims, entities and scorecards give the same results, in whatever order they come. A fact costs the rules
/// that read it, of the entities that claim its subject. An instant counts when it passes.
/// **Does not promise.** Nothing about the order between two entities.
///
/// Start reading at [EvaluatorTopology].
@NullMarked
package dev.muster.evaluator;

import org.jspecify.annotations.NullMarked;
