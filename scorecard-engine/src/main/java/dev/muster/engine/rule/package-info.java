/// What is true: rules in CEL over typed facts, and what becomes of them for one entity at one instant.
///
/// **Promises.** Evaluation is a pure function of entity, facts, scorecard and `now`. It never throws for
/// any data: a rule that breaks becomes ERROR with its reason. Time enters only through `within` and
/// `overdue`, so that each outcome knows the next instant at which it can change by itself. Only what is
/// asked for is evaluated; the rest is carried over as it is. Expressions are bounded in size, depth and
/// steps.
/// **Does not promise.** Nothing about who may publish a scorecard.
///
/// Start reading at [CompiledScorecard]; why an outcome is what it is says [RuleExplanation].
@NullMarked
package dev.muster.engine.rule;

import org.jspecify.annotations.NullMarked;
